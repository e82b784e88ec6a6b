// The library of certificates wants it to be there before itself.
import 'reflect-metadata';
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** What an authority is made for. */
export interface AuthorityRequest {
  /** Subject of the certificate. */
  readonly commonName: string;
  /** How long it is valid. */
  readonly years: number;
  /** When its validity begins. */
  readonly from: Date;
}

/** An authority: both PEM, the key in PKCS#8. */
export interface Authority {
  readonly certificate: string;
  readonly key: string;
}

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };
/** Authorities that it may sign for: none. */
const PATH_LENGTH = 0;

/**
 * Makes a key, and a certificate that it signs itself, for an authority that signs certificates of servers.
 *
 * @see RFC 5280, 4.1: Basic Certificate Fields, and 4.2: Certificate Extensions
 */
export async function makeAuthority({ commonName, years, from }: AuthorityRequest): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: new Name([{ CN: [{ utf8String: commonName }] }]),
    notBefore: from,
    notAfter: yearsAfter(from, years),
    keys,
    signingAlgorithm: SIGNATURE,
    extensions: [
      new BasicConstraintsExtension(true, PATH_LENGTH, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificate: `${certificate.toString('pem')}\n`,
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** 126 random bits: positive, and always of 16 bytes. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function yearsAfter(from: Date, years: number): Date {
  const to = new Date(from);
  to.setUTCFullYear(from.getUTCFullYear() + years);
  return to;
}
