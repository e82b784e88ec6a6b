import { ofError, reasonOf } from '../../../bin/recover/reason';
import { parseRecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology-document';

test.each<[unknown, string]>([
  [new Error('a mistake in YAML\n  at line 7'), 'a mistake in YAML'],
  [{ message: 'of another realm' }, 'of another realm'],
  ['a string', 'a string'],
  [undefined, 'undefined'],
  [null, 'null'],
])('the reason of %p is one line', (error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});

test.each([new Error('without'), 'a string', undefined, null])('%p has no code', error => {
  expect(ofError(error, 'code')).toBeUndefined();
});

test('a description that cannot be used is told with all that is wrong with it', () => {
  let reason = '';
  try {
    parseRecoveryTopology('{"schemaVersion":2,"tls":"no"}', 'ConfigMap x');
  } catch (error) {
    reason = reasonOf(error);
  }
  expect(reason).toMatch(/^ConfigMap x is not a recovery topology that this program can use: .*'tls' must be true or false.*; /);
});
