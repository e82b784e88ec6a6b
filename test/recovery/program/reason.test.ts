import { ofError, reasonOf } from '../../../bin/recover/reason';

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
