/**
 * The fields of cert-manager's Issuer that this library uses.
 *
 * @see cert-manager documentation, API reference: cert-manager.io/v1
 *
 * @internal
 */
export interface IssuerSpec {
  readonly ca: { readonly secretName: string };
}

/**
 * The fields of cert-manager's Certificate that this library uses.
 *
 * @internal
 */
export interface CertificateSpec {
  readonly secretName: string;
  readonly issuerRef: { readonly group: string; readonly kind: string; readonly name: string };
  readonly dnsNames: string[];
  /** As a Go duration, for example `26280h`. */
  readonly duration: string;
  readonly renewBefore: string;
  readonly privateKey: {
    readonly algorithm: 'ECDSA';
    readonly size: number;
    /** For an elliptic key, `PKCS1` gives SEC1: `BEGIN EC PRIVATE KEY`. */
    readonly encoding: 'PKCS1' | 'PKCS8';
    readonly rotationPolicy: 'Always';
  };
  readonly usages: string[];
}
