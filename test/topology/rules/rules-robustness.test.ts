import fc from 'fast-check';
import { describeProblem, ProblemSeverity, type Problem } from '../../../constructs/topology/rules/judging/problem';
import { problemsOf } from '../../../constructs/topology/rules/rules';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { Topology } from '../../../constructs/topology/topology';
import { FULL_SETTINGS } from '../../support/settings/full-settings';
import { WHEN_ALL_WERE_SUPPORTED } from '../../support/settings/versions';

type Path = readonly (string | number)[];

/** Every place of a value: the top, each section, each entry of a list and each single value. */
function placesIn(value: unknown, path: Path = []): Path[] {
  const inner = Array.isArray(value) ? [...value.keys()] : typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return [path, ...inner.flatMap(key => placesIn((value as Record<string | number, unknown>)[key], [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string | number, unknown> | unknown[] = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  (copy as Record<string | number, unknown>)[key] = replaced((value as Record<string | number, unknown>)[key], rest, by);
  return copy;
}

const problemsWith = (settings: unknown): Problem[] => problemsOf(settings as DualRegionSettings, WHEN_ALL_WERE_SUPPORTED);
const anyValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(undefined, NaN, Infinity, -0, 1e300, '${Token[TOKEN.1]}', { toString: 5 }),
);
const anyPlace = fc.constantFrom(...placesIn(FULL_SETTINGS));

test('the settings that are changed here have no mistake, and some that one version has not', () => {
  expect([...new Set(problemsWith(FULL_SETTINGS).map(({ rule }) => rule))]).toEqual(['setting-unused', 'monitoring-operator']);
});

test('a value of any kind in any place never throws, and every problem is one line', () => {
  fc.assert(
    fc.property(anyPlace, anyValue, anyPlace, anyValue, (place, value, other, otherValue) => {
      const problems = problemsWith(replaced(replaced(FULL_SETTINGS, place, value), isReachable(place, other) ? other : place, otherValue));
      expect(problems.map(describeProblem).filter(sentence => /\p{Cc}/u.test(sentence))).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test('settings without errors always make a topology: what the rules pass is never unusable', () => {
  fc.assert(
    fc.property(anyPlace, anyValue, (place, value) => {
      const settings = replaced(FULL_SETTINGS, place, value) as DualRegionSettings;
      if (problemsWith(settings).some(problem => problem.severity === ProblemSeverity.ERROR)) return;
      expect(Topology.of(settings).regions).toHaveLength(2);
    }),
    { numRuns: 1000 },
  );
});

/** Anything that JSON knows may be the value of a patch. */
const isValueOfPatch = (place: Path): boolean => place[0] === 'patches' && place.includes('value');

test.each(placesIn(FULL_SETTINGS).filter(place => place.length > 0 && !isValueOfPatch(place)))(
  'fails for a value that is no single text, number or mapping at %s %s %s',
  (...place) => {
    const settings = replaced(FULL_SETTINGS, place, [[]]);
    expect(problemsWith(settings).filter(problem => problem.severity === ProblemSeverity.ERROR)).not.toEqual([]);
  },
);

/** Whether a second place still exists once the first one has another value. */
function isReachable(place: Path, other: Path): boolean {
  return !place.every((key, i) => other[i] === key);
}
