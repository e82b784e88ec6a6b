import { fieldDifferences } from '../../../lib/review/changes/plain-data';

describe('the fields that differ', () => {
  test('are the deepest ones, whatever the order of keys', () => {
    expect(fieldDifferences({ a: { b: 1, c: 2 }, d: 3 }, { d: 3, a: { c: 2, b: 4 } })).toEqual([{ field: 'a.b', before: 1, after: 4 }]);
    expect(fieldDifferences({ a: undefined }, {})).toEqual([]);
  });

  test('of a list with names go by the names: an entry that comes first changes no other one', () => {
    const [first, second] = [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ];
    expect(fieldDifferences({ env: [second] }, { env: [first, second] })).toEqual([{ field: 'env.A', before: undefined, after: first }]);
    expect(fieldDifferences({ env: [first, second] }, { env: [second, first] })).toEqual([
      { field: 'env (order)', before: 'A, B', after: 'B, A' },
    ]);
  });

  test('of a list of plain values is the list: its entries have no names', () => {
    expect(fieldDifferences({ args: ['a', 'b'] }, { args: ['b'] })).toEqual([{ field: 'args', before: ['a', 'b'], after: ['b'] }]);
    expect(fieldDifferences({ rules: [{ port: 1 }] }, { rules: [{ port: 2 }] })).toEqual([{ field: 'rules.0.port', before: 1, after: 2 }]);
  });
});
