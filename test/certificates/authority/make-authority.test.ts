import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { makeAuthority } from '../../../constructs/certificates/authority/make-authority';

const REQUEST = { commonName: 'orders certificate authority', years: 20, from: new Date('2026-11-29T12:34:56.789Z') };

test('is an authority that Node.js takes for one, with the key that belongs to it', async () => {
  const { certificate, key } = await makeAuthority(REQUEST);
  const x509 = new X509Certificate(certificate);
  expect(x509.ca).toBe(true);
  expect(x509.verify(x509.publicKey)).toBe(true);
  expect(x509.checkIssued(x509)).toBe(true);
  expect(x509.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(x509.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
});

test('is PEM, the key in PKCS#8, with a line feed at the end', async () => {
  const { certificate, key } = await makeAuthority(REQUEST);
  expect(certificate).toMatch(/^-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=]{1,64}\n)+-----END CERTIFICATE-----\n$/);
  expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n([A-Za-z0-9+/=]{1,64}\n)+-----END PRIVATE KEY-----\n$/);
});

test.each(['orders certificate authority', 'a, "b" + c=d', 'Zertifizierungsstelle für Aufträge'])(
  'has the subject that it is given: %s',
  async commonName => {
    const { raw } = new X509Certificate((await makeAuthority({ ...REQUEST, commonName })).certificate);
    const text = Buffer.from(commonName);
    // 2.5.4.3 with a UTF8String, as issuer and as subject.
    const name = Buffer.concat([Buffer.from([6, 3, 0x55, 4, 3, 12, text.length]), text]);
    expect(raw.toString('hex').split(name.toString('hex'))).toHaveLength(3);
  },
);

test('may sign certificates and lists, and no authority', async () => {
  const hex = new X509Certificate((await makeAuthority(REQUEST)).certificate).raw.toString('hex');
  // Each is critical: its identifier, a true, and its value.
  expect(hex).toContain('0603551d130101ff040830060101ff020100');
  expect(hex).toContain('0603551d0f0101ff040403020106');
});

test('is found by the identifier of its key: RFC 5280, 4.2.1.2, method 1', async () => {
  const x509 = new X509Certificate((await makeAuthority(REQUEST)).certificate);
  const point = x509.publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  expect(x509.raw.toString('hex')).toContain(`0603551d0e04160414${createHash('sha1').update(point).digest('hex')}`);
});

test('has another key and serial number every time', async () => {
  const [one, two] = [await makeAuthority(REQUEST), await makeAuthority(REQUEST)];
  expect(one.key).not.toBe(two.key);
  const numbers = [one, two].map(({ certificate }) => new X509Certificate(certificate).serialNumber);
  expect(numbers[0]).not.toBe(numbers[1]);
  // Positive, and of one length, so that nobody reads it differently.
  for (const number of numbers) expect(number).toMatch(/^[4-7][0-9A-F]{31}$/);
});

test.each(['2026-11-29', '2029-12-31', '2030-01-01', '2049-12-31', '2051-06-15', '2048-02-29'])(
  'is valid for twenty years from %s, to the second',
  async day => {
    const from = new Date(`${day}T12:00:00.789Z`);
    const x509 = new X509Certificate((await makeAuthority({ ...REQUEST, from })).certificate);
    const [start, end] = [new Date(`${day}T12:00:00Z`), new Date(`${Number(day.slice(0, 4)) + 20}${day.slice(4)}T12:00:00Z`)];
    expect([x509.validFrom, x509.validTo].map(date => Date.parse(date))).toEqual([start.getTime(), end.getTime()]);
    expect(x509.raw.toString('latin1')).toContain(`${timeOf(start)}${timeOf(end)}`);
  },
);

/** RFC 5280, 4.1.2.5: UTCTime (two digits of the year) through 2049, GeneralizedTime after it. */
function timeOf(date: Date): string {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  return date.getUTCFullYear() < 2050 ? `\u0017\r${digits.slice(2)}` : `\u0018\u000f${digits}`;
}
