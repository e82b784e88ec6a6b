import fc from 'fast-check';
import { stringify } from 'yaml';
import { judge } from '../../bin/config/judgement';
import { printedProblems } from '../../bin/config/printed-problems';
import { parseYaml } from '../../bin/config/yaml-source';
import { ProblemSeverity } from '../../constructs/topology/rules/judging/problem';
import { Topology } from '../../constructs/topology/topology';
import { BASE, fileOf, outcomeOf } from '../support/settings/configuration-files';
import { FULL_SETTINGS } from '../support/settings/full-settings';

const FULL = stringify(FULL_SETTINGS);
const PIECES = [
  '"',
  "'",
  '[',
  '{',
  '}',
  ']',
  ': ',
  '- ',
  '\n',
  '\t',
  '#',
  '&a ',
  '*a',
  '!x ',
  '? ',
  '|',
  '>',
  '---\n',
  '%',
  '@',
  '0',
  'é',
  '💥',
  '<<: ',
];

/** A file in which some places are cut out, doubled, or have something put in. */
const damaged = fc
  .tuple(
    fc.constantFrom(BASE, FULL),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.constantFrom(...PIECES, '')), { minLength: 1, maxLength: 6 }),
  )
  .map(([text, edits]) =>
    edits.reduce((at, [place, length, piece]) => {
      const start = place % (at.length + 1);
      return at.slice(0, start) + piece + at.slice(start + length);
    }, text),
  );

/** Whether each problem of a string stands within it, and says what to do in a single line. */
function isReadable(text: string): boolean {
  const { problems } = judge(parseYaml(text));
  return problems.every(({ problem, offset }) => {
    const line = printedProblems([{ ...problem, file: 'f', line: 1, column: 1 }]).split('\n');
    return offset >= 0 && offset <= text.length && line.length === 2 && problem.fix !== '' && !/\p{Cc}/u.test(line[0]);
  });
}

test('a damaged file never throws, and each problem has a place in it', () => {
  fc.assert(
    fc.property(damaged, text => expect(isReadable(text)).toBe(true)),
    { numRuns: 400 },
  );
});

test('any text never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...PIECES) })), text => expect(isReadable(text)).toBe(true)),
  );
});

test('any value is read, whatever it is', () => {
  fc.assert(fc.property(fc.jsonValue(), value => expect(isReadable(JSON.stringify(value))).toBe(true)));
});

test('any bytes in a file give settings or problems, and nothing else is thrown', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes =>
      expect(outcomeOf(fileOf(bytes, 'bytes.yaml')).problems.length).toBeGreaterThan(0),
    ),
    { numRuns: 100 },
  );
});

test('a file without errors always makes a topology', () => {
  fc.assert(
    fc.property(damaged, text => {
      const { settings, problems } = judge(parseYaml(text));
      if (problems.some(({ problem }) => problem.severity === ProblemSeverity.ERROR)) return;
      expect(Topology.of(settings).warnings).toHaveLength(problems.length);
    }),
    { numRuns: 200 },
  );
});
