/**
 * Whether a version may break what an older one promised: a new major, and before 1.0 a new minor.
 *
 * @see Semantic Versioning 2.0.0, items 4 and 8
 */
export function mayBreak(older: string, newer: string): boolean {
  const [oldMajor, oldMinor] = numbers(older);
  const [major, minor] = numbers(newer);
  return major > oldMajor || (major === oldMajor && major === 0 && minor > oldMinor);
}

/** Why a tag cannot be released: it must name the version of package.json, and CHANGELOG.md a section of that version. */
export function releaseProblems(tag: string, version: string, changelog: string): string[] {
  const headings = [...changelog.matchAll(/^## (.+)$/gm)].map(match => match[1].trim());
  const section = headings.indexOf(version);
  return [
    ...(/^v\d+\.\d+\.\d+$/.test(tag) ? [] : [`the tag must look like v1.2.3, got '${tag}'`]),
    ...(tag === `v${version}` ? [] : [`the tag must be v${version}, as package.json says, got '${tag}'; raise the version first`]),
    ...(section >= 0 ? [] : [`CHANGELOG.md must have a section '## ${version}', has: ${headings.join(', ')}; rename 'Unreleased'`]),
    ...(section > 0 && headings[0] !== 'Unreleased'
      ? [`'## ${version}' must be the newest section of CHANGELOG.md, got '${headings[0]}'`]
      : []),
  ];
}

/** Names in package.json that belong to nobody. They are proof against a release by mistake. */
export function placeholders(packageJson: string): string[] {
  return ['example.com', 'com.example']
    .filter(name => packageJson.includes(name))
    .map(name => `package.json must name the project's own home, got '${name}'; set repository.url, jsii.targets.java and its groupId`);
}

function numbers(version: string): [number, number] {
  const [major, minor] = version.split('.').map(Number);
  return [major, minor];
}
