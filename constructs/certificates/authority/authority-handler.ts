import { makeAuthority } from './make-authority';

/** What the CDK's provider framework sends. */
export interface AuthorityEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResourceProperties: {
    /** ARN of the secret. */
    readonly SecretId: string;
    readonly CommonName: string;
    /** A number: CloudFormation makes a string of it. */
    readonly Years: string;
  };
}

/** What the framework wants to know. */
export interface AuthorityAnswer {
  readonly PhysicalResourceId?: string;
}

/** What is read and written. */
export interface SecretStore {
  read(secretId: string): Promise<string | undefined>;
  write(secretId: string, value: string): Promise<void>;
}

/** A function of AWS Lambda. */
export type AuthorityHandler = (event: AuthorityEvent) => Promise<AuthorityAnswer>;

/**
 * Makes the private authority, once: in the secret whose first value says that there is none yet. What is there already is
 * never replaced.
 */
export function authorityHandler(secrets: SecretStore, now: () => Date): AuthorityHandler {
  return async ({ RequestType, ResourceProperties: { SecretId, CommonName, Years } }) => {
    if (RequestType === 'Delete') return {};
    if (!hasAuthority(await secrets.read(SecretId))) {
      const authority = await makeAuthority({ commonName: CommonName, years: Number(Years), from: now() });
      await secrets.write(SecretId, JSON.stringify(authority));
    }
    return { PhysicalResourceId: SecretId };
  };
}

/** A value that cannot be read is an error: what it was is not known, and must not be lost. */
function hasAuthority(value: string | undefined): boolean {
  if (value === undefined) throw new Error('the secret has no text, so nobody knows whether there is an authority in it');
  const content: unknown = JSON.parse(value);
  return typeof content === 'object' && content !== null && 'certificate' in content && Boolean(content.certificate);
}
