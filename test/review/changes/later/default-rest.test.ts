import { DEFAULT_SETTINGS } from '../../../support/settings/settings';
import { changed, CHANGED_VALUES } from './changed-values';
import { expectStated } from './judged-change';

test.each(CHANGED_VALUES.filter((_, i) => i % 2 === 1))('%s does what its row says', (path, value) => {
  expectStated(DEFAULT_SETTINGS, changed(DEFAULT_SETTINGS, [[path, value]]), [path]);
});
