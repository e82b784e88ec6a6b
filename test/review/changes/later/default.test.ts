import { DEFAULT_SETTINGS } from '../../../support/settings/settings';
import { allSettings, changed, CHANGED_TOGETHER, CHANGED_VALUES, OLD_VALUES, ZONE_VALUES } from './changed-values';
import { expectStated } from './judged-change';

test('every setting is changed here, or with a version that has it', () => {
  const changes = [...CHANGED_VALUES, ...OLD_VALUES, ...ZONE_VALUES, ...CHANGED_TOGETHER.flat()].map(([path]) =>
    path.replace(/\.[01]/, ''),
  );
  expect([...new Set(changes)].sort()).toEqual([...new Set(allSettings())].sort());
});

// Half of them here, half in the other file: two workers share them.
test.each(CHANGED_VALUES.filter((_, i) => i % 2 === 0))('%s does what its row says', (path, value) => {
  expectStated(DEFAULT_SETTINGS, changed(DEFAULT_SETTINGS, [[path, value]]), [path]);
});
