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

/**
 * The reference without the settings of types that only give another one a name.
 *
 * @param aliases ids of such types, with the id of the type that has the settings
 */
export function withoutRepeated(reference: string, aliases: ReadonlyMap<string, string>): string {
  return reference
    .split(/^(?=#{2,3} )/m)
    .map(section => {
      const [, id = ''] = / id="([^"]+)"/.exec(headingOf(section)) ?? [];
      const base = aliases.get(id);
      if (base === undefined) return section;
      const [introduction] = section.split(/^#### /m);
      return `${introduction}It has the settings of <a href="#${base}">${base.slice(base.indexOf('.') + 1)}</a>.\n\n\n`;
    })
    .join('');
}

function headingOf(section: string): string {
  return section.slice(0, section.indexOf('\n'));
}

function isLeftOut(line: string): boolean {
  return OF_EVERY_CONSTRUCT.some(member => line.includes(`.${member}"`));
}
