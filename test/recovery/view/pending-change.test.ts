import { mayBeCancelled } from '../../../lib/recovery/run/change-in-the-way';
import { describePending, kindOf, pendingChangeOf } from '../../../lib/recovery/view/pending-change';

const of = (...operations: readonly string[]) => ({ id: 7, startedAt: '', operations });

describe('a pending change', () => {
  test.each([
    [{ id: 1, startedAt: '2026', operations: ['A', 'B', 'A'] }, 'change 1 is pending since 2026 (A, B)'],
    [{ id: 1, startedAt: '', operations: [] }, 'change 1 is pending since a time that the server does not tell (no operation named)'],
  ])('%j is told as %j', (change, text) => {
    expect(describePending(change)).toBe(text);
  });

  test('is read with the brokers that it waits for, and with when it moved at last', () => {
    const at = (completedAt: string): object => ({ operation: 'EXPORTING_STATE_CHANGE', brokerId: 0, completedAt });
    const change = pendingChangeOf({
      id: '7',
      completed: [
        at('2026-01-01T00:00:00Z'),
        at('2026-01-01T00:01:00Z'),
        at('0000-01-01T00:00:00Z'),
        at('-999999999-01-01T00:00:00+18:00'),
      ],
      pending: [1, 3, 1].map(brokerId => ({ operation: 'EXPORTING_STATE_CHANGE', brokerId })),
    });
    expect(change).toEqual({
      id: 7,
      startedAt: '',
      operations: Array(3).fill('EXPORTING_STATE_CHANGE') as string[],
      brokerIds: ['1', '3'],
      movedAt: '2026-01-01T00:01:00Z',
    });
    expect(describePending(change, Date.UTC(2026, 0, 1, 0, 13, 30))).toBe(
      'change 7 is pending since a time that the server does not tell, moved at last 2026-01-01T00:01:00Z, 12 min ago ' +
        '(exporting is paused or resumed: EXPORTING_STATE_CHANGE, by brokers 1, 3)',
    );
    expect(describePending({ ...of('BROKER_ADD'), startedAt: '2026-01-01T00:00:00Z' }, Date.UTC(2026, 0, 1, 2))).toMatch(
      /T00:00:00Z, 120 min ago \(/,
    );
  });

  test.each([
    ['exporting', true, ['EXPORTING_STATE_CHANGE']],
    ['exporters', true, ['PARTITION_DISABLE_EXPORTER', 'PARTITION_ENABLE_EXPORTER', 'PARTITION_DELETE_EXPORTER']],
    ['members', true, ['BROKER_ADD', 'PARTITION_JOIN', 'PARTITION_LEAVE', 'PARTITION_RECONFIGURE_PRIORITY', 'PRE_SCALING', 'POST_SCALING']],
    [
      'partitions',
      true,
      ['START_PARTITION_SCALE_UP', 'PARTITION_BOOTSTRAP', 'PARTITION_JOIN', 'AWAIT_REDISTRIBUTION', 'UPDATE_ROUTING_STATE'],
    ],
    ['data', false, ['PARTITION_LEAVE', 'DELETE_HISTORY', 'PARTITION_BOOTSTRAP']],
    ['data', false, ['ENTER_RECOVERY']],
    ['removal', false, ['PARTITION_FORCE_RECONFIGURE', 'BROKER_REMOVE']],
    // What is left of a forced removal.
    ['members', false, ['BROKER_REMOVE']],
    ['unknown', false, ['EXPORTING_STATE_CHANGE', 'SOMETHING_NEW']],
    ['unknown', false, []],
  ] as const)('of the kind %s may be cancelled: %p, with %j', (kind, may, operations) => {
    expect([kindOf(of(...operations)), mayBeCancelled(of(...operations))]).toEqual([kind, may]);
  });
});
