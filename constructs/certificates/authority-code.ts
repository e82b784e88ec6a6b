/**
 * Makes the private authority, once: a key on the curve P-256 and a certificate signed with it, in the secret whose first value
 * says that there is none yet. What is there already is never replaced.
 *
 * In JavaScript without a package: the function is part of the template, where AWS Lambda takes 4096 characters, and neither
 * Node nor the SDK writes certificates.
 *
 * @see RFC 5280, 4.1: Basic Certificate Fields
 * @see ITU-T X.690, 8: Basic encoding rules
 *
 * @internal
 */
export const AUTHORITY_CODE = `const { createHash, generateKeyPairSync, randomBytes, sign } = require('node:crypto');
const { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } = require('@aws-sdk/client-secrets-manager');

const der = (tag, ...parts) => {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [129, size] : [130, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...parts) => der(48, ...parts);
const octets = content => der(4, content);
const oid = hex => der(6, Buffer.from(hex, 'hex'));
// Two digits of a year end with 2049: RFC 5280, 4.1.2.5.
const time = date => {
  const digits = date.toISOString().replace(/[-:T]|\\.\\d+/g, '');
  return date.getUTCFullYear() < 2050 ? der(23, Buffer.from(digits.slice(2))) : der(24, Buffer.from(digits));
};

const BASIC_CONSTRAINTS = oid('551d13');
const KEY_USAGE = oid('551d0f');
const SUBJECT_KEY_ID = oid('551d0e');
const COMMON_NAME = oid('550403');
const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const CRITICAL = Buffer.from([1, 1, 255]);
const SIGN_CERTIFICATES_AND_LISTS = Buffer.from([3, 2, 1, 6]);
const NO_AUTHORITY_BELOW = sequence(CRITICAL, Buffer.from([2, 1, 0]));

function authority(name, years) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha1').update(key.subarray(-65)).digest();
  const serial = randomBytes(16);
  serial[0] = (serial[0] & 127) | 64;
  const start = new Date();
  const end = new Date(start);
  end.setUTCFullYear(start.getUTCFullYear() + years);
  const subject = sequence(der(49, sequence(COMMON_NAME, der(12, Buffer.from(name)))));
  const extensions = sequence(
    sequence(BASIC_CONSTRAINTS, CRITICAL, octets(NO_AUTHORITY_BELOW)),
    sequence(KEY_USAGE, CRITICAL, octets(SIGN_CERTIFICATES_AND_LISTS)),
    sequence(SUBJECT_KEY_ID, octets(octets(keyId))),
  );
  const content = sequence(
    der(160, Buffer.from([2, 1, 2])),
    der(2, serial),
    ECDSA_WITH_SHA256,
    subject,
    sequence(time(start), time(end)),
    subject,
    key,
    der(163, extensions),
  );
  const signature = der(3, Buffer.from([0]), sign('sha256', content, privateKey));
  const lines = sequence(content, ECDSA_WITH_SHA256, signature).toString('base64').match(/.{1,64}/g);
  return {
    certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\\n'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
}

exports.handler = async ({ RequestType, ResourceProperties: { SecretId, CommonName, Years } }) => {
  if (RequestType === 'Delete') return {};
  const client = new SecretsManagerClient();
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
  if (!JSON.parse(SecretString).certificate) {
    const value = JSON.stringify(authority(CommonName, Number(Years)));
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: value }));
  }
  return { PhysicalResourceId: SecretId };
};
`;
