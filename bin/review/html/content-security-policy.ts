import { createHash } from 'node:crypto';

/** Everything is forbidden but the style sheets that are on the page, each by its digest. */
export function contentSecurityPolicy(styleSheets: readonly string[]): string {
  const digests = styleSheets.map(text => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`);
  return ["default-src 'none'", `style-src ${digests.join(' ')}`, "base-uri 'none'", "form-action 'none'"].join('; ');
}
