import type { Heir } from './assembly';

const OF_EVERY_CONSTRUCT = ['toString', 'with', 'isConstruct', 'property.node', 'Initializer.parameter.scope', 'Initializer.parameter.id'];

const LEFT_OUT =
  'What every construct has is left out here: `node`, `toString()`, `with()`, `isConstruct()`, and what `scope` and `id` are.\n\n';

/** The reference without what is the same for every construct: it would be a third of the text. */
export function withoutInherited(reference: string): string {
  const sections = reference.split(/^(?=#{1,5} )/m).filter(section => !isLeftOut(headingOf(section)));
  const kept = sections.map(section =>
    section
      .split('\n')
      .filter(line => !line.startsWith('| <code><a ') || !isLeftOut(line))
      .join('\n'),
  );
  const told = kept.filter(section => !/^#### (Methods|Static Functions) /.test(section) || section.includes('| <code><a '));
  return told.join('').replace(/^## Constructs .*\n\n/m, heading => heading + LEFT_OUT);
}

/** The reference without the declaration of each property, whose name stands above it and whose type below. */
export function withoutDeclarations(reference: string): string {
  return reference.replace(/```typescript\npublic readonly [^\n]*\n```\n\n/g, '').replace(/---\n\n(?=##### )/g, '');
}

/** The reference without the sample of each mapping of settings, which says no more than its name. */
export function withoutEmptySamples(reference: string): string {
  return reference.replace(/#### Initializer <[^\n]*\n\n```typescript\nimport \{[^\n]*\n\nconst [^\n]* = \{ \.\.\. \}\n```\n\n/g, '');
}

/** The reference without the second name of each place, which many places share and no link leads to. */
export function withoutSecondNames(reference: string): string {
  return reference.replace(/<a name="[^"]*" id="/g, '<a id="');
}

/**
 * The reference without the package's name before each place and in each link: nothing else is described here.
 *
 * @param packageName as it stands before a type's name
 */
export function withoutPackageName(reference: string, packageName: string): string {
  return reference.replaceAll(` id="${packageName}.`, ' id="').replaceAll(`href="#${packageName}.`, 'href="#');
}

/**
 * The reference without the settings that types have from another one.
 *
 * @param heirs ids of such types
 */
export function withoutRepeated(reference: string, heirs: ReadonlyMap<string, Heir>): string {
  return reference
    .split(/^(?=#{2,3} )/m)
    .map(section => {
      const [, id = ''] = / id="([^"]+)"/.exec(headingOf(section)) ?? [];
      const heir = heirs.get(id);
      return heir === undefined ? section : ownPart(section, id, heir);
    })
    .join('');
}

function ownPart(section: string, id: string, { base, own }: Heir): string {
  const isOwn = (text: string): boolean => own.some(name => text.includes(`${id}.property.${name}"`));
  const [introduction, ...details] = section.split(/^(?=##### )/m);
  const lines = introduction.split('\n').filter(line => !line.startsWith('| <code><a ') || isOwn(line));
  const [heading, ...rest] = lines;
  const sentence = `It has the settings of <a href="#${base}">${base.slice(base.indexOf('.') + 1)}</a>, and what is listed here.`;
  return [heading, '', sentence, ...rest].join('\n') + details.filter(detail => isOwn(headingOf(detail))).join('');
}

function headingOf(section: string): string {
  return section.slice(0, section.indexOf('\n'));
}

function isLeftOut(line: string): boolean {
  return OF_EVERY_CONSTRUCT.some(member => line.includes(`.${member}"`));
}
