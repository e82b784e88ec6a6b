// The library of certificates wants it to be there before itself.
import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import { DNS, GeneralName, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';

/** A certificate of a server, which is its own authority. Both PEM. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

/** @param names names that the server is called by */
export async function serverCertificate(names: readonly string[]): Promise<ServerCertificate> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${names[0]}`,
    keys,
    signingAlgorithm: algorithm,
    extensions: [new SubjectAlternativeNameExtension(names.map(name => new GeneralName(DNS, name).toJSON()))],
  });
  return {
    cert: certificate.toString('pem'),
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
