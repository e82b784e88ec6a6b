import { createHash } from 'node:crypto';

/**
 * Changes with any of the files, so that an annotation with it replaces the pods that read them.
 *
 * @internal
 */
export function checksumOf(files: { readonly [name: string]: string }): string {
  return createHash('sha256').update(JSON.stringify(files)).digest('hex');
}
