import { leaves } from './manifests';

/** What depends on the partition, and on the regions of it. */
const OF_A_PARTITION = /\barn:|amazonaws|\b[a-z]{2}(-gov)?-[a-z]+-\d[a-f]?\b/;

/** Every word of a document's texts that has to do with its partition, with references as `${Name}`, once and in order. */
export function partitionTexts(document: unknown): string[] {
  const words = textsIn(joined(document)).flatMap(text => text.split(/[\s"'\\,]+/));
  return [...new Set(words.filter(word => OF_A_PARTITION.test(word)))].sort();
}

function textsIn(value: unknown): string[] {
  return leaves(value).flatMap(leaf => (typeof leaf.value === 'string' ? [leaf.value] : []));
}

function joined(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry): unknown => joined(entry));
  const [separator, parts] = (value as { readonly 'Fn::Join'?: [string, unknown[]] })['Fn::Join'] ?? [];
  // { Ref: name } and { 'Fn::GetAtt': [name, attribute] }
  if (parts) return parts.map(part => (typeof part === 'string' ? part : `\${${textsIn(part).join('.')}}`)).join(separator);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, joined(member)]));
}
