import { ACCOUNT_PLACEHOLDER } from '../../constructs/topology/plan/storage/snapshot-storage';

type Part = string | { readonly Ref: string };

/**
 * The objects that a manifest of a template deploys, with the placeholder of the account where the template refers to the one
 * that deploys it. It may refer to nothing else: what the command line writes must be the whole rest.
 */
export function deployedObjects<T>(manifest: unknown): T[] {
  const parts = typeof manifest === 'string' ? [manifest] : (manifest as { readonly 'Fn::Join': [string, Part[]] })['Fn::Join'][1];
  const text = parts.map(part => {
    if (typeof part === 'string') return part;
    if (part.Ref !== 'AWS::AccountId') throw new Error(`a manifest refers to ${JSON.stringify(part)}`);
    return ACCOUNT_PLACEHOLDER;
  });
  return JSON.parse(text.join('')) as T[];
}
