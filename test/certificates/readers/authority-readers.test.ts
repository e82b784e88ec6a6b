import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority } from '../../../constructs/certificates/authority/make-authority';

/** UTCTime ends with 2049: the first is of it alone, the last of GeneralizedTime alone, the others of both. */
const CLOCKS = ['2026-11-29T12:00:00Z', '2030-01-01T00:00:00Z', '2049-06-15T12:00:00Z', '2051-06-15T12:00:00Z'];
const YEARS = 20;

const root = mkdtempSync(join(tmpdir(), 'authority-readers-'));
afterAll(() => rmSync(root, { recursive: true }));

const folderOf = (clock: string): string => join(root, clock.slice(0, 10));
const yearsAfter = (clock: string, years: number): string => `${Number(clock.slice(0, 4)) + years}${clock.slice(4)}`;
const secondsOf = (clock: string): string => String(Date.parse(clock) / 1000);

function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** An authority of a moment, and a certificate of three years that OpenSSL issues with it then. */
async function issue(clock: string): Promise<void> {
  const folder = folderOf(clock);
  mkdirSync(folder);
  const { certificate, key } = await makeAuthority({ commonName: 'orders certificate authority', years: YEARS, from: new Date(clock) });
  const files = { 'ca.crt': certificate, 'ca.key': key, 'ca.cnf': CONFIGURATION, index: '', serial: '01\n' };
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  run('openssl', ['req', '-new', ...curve, '-subj', '/CN=orders', '-keyout', 'leaf.key', '-out', 'leaf.csr'], folder);
  const digits = (moment: string): string => moment.replace(/[-:T]/g, '');
  run(
    'openssl',
    [
      ...['ca', '-batch', '-notext', '-config', 'ca.cnf', '-in', 'leaf.csr', '-out', 'leaf.crt'],
      ...['-startdate', digits(clock), '-enddate', digits(yearsAfter(clock, 3))],
    ],
    folder,
  );
}

const CONFIGURATION = `[ca]
default_ca = authority
[authority]
certificate = ca.crt
private_key = ca.key
database = index
serial = serial
new_certs_dir = .
default_md = sha256
policy = anything
x509_extensions = leaf
[anything]
commonName = supplied
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
subjectAltName = DNS:orders.example.com
`;

beforeAll(async () => {
  for (const clock of CLOCKS) await issue(clock);
});

/** What OpenSSL says of the certificate at a moment. */
function openssl(clock: string, moment: string): string {
  const strict = ['-x509_strict', '-purpose', 'sslserver', '-check_ss_sig', '-attime', secondsOf(moment)];
  try {
    return run('openssl', ['verify', ...strict, '-CAfile', 'ca.crt', 'leaf.crt'], folderOf(clock));
  } catch (error) {
    return (error as { readonly stderr: string }).stderr;
  }
}

describe.each(CLOCKS)('what an authority of %s issues', clock => {
  test.each([0, 2])('is good for OpenSSL, strictly, %i years later', years => {
    expect(openssl(clock, yearsAfter(clock, years))).toBe('leaf.crt: OK\n');
  });

  test('is not once the authority has ended, or before it began', () => {
    expect(openssl(clock, yearsAfter(clock, YEARS + 1))).toContain(
      'orders certificate authority\nerror 10 at 1 depth lookup: certificate has expired',
    );
    expect(openssl(clock, yearsAfter(clock, -1))).toContain('certificate is not yet valid');
  });
});

test('is good for Java, with the key of the authority, as long as both are valid', () => {
  const good = CLOCKS.flatMap(clock => [0, 2].map(years => [folderOf(clock), yearsAfter(clock, years)]));
  const over = CLOCKS.map(clock => [folderOf(clock), yearsAfter(clock, YEARS + 1)]);
  const lines = run('java', [join(__dirname, 'Readers.java'), ...[...good, ...over].flat()], root)
    .trim()
    .split('\n');
  expect(lines.slice(0, good.length)).toEqual(good.map(() => 'good'));
  expect(lines.slice(good.length)).toEqual(over.map(() => expect.stringMatching(/^CertificateExpiredException/) as unknown));
});
