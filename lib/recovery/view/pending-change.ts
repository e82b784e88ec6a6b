import { brokerIdIn } from '../calls/broker-id';
import { idOf, mappings, textOf, type Json } from '../calls/readings';

/**
 * A change of the cluster that is under way. No other one can begin before its end.
 *
 * @internal
 */
export interface PendingChange {
  readonly id: number;
  /** Empty where the server does not tell it, as most do. */
  readonly startedAt: string;
  /** Names of operations that are still to come. */
  readonly operations: readonly string[];
  /** Brokers that have to carry them out, where they are named. */
  readonly brokerIds?: readonly string[];
  /** When the last of its operations was done. Left out where none is, or where no time is told. */
  readonly movedAt?: string;
}

/**
 * What a change is for.
 *
 * - `members`: brokers come or go, or replicas move
 * - `partitions`: partitions are added
 * - `data`: data is deleted, or a backup is restored
 *
 * @internal
 */
export type ChangeKind = 'removal' | 'exporting' | 'exporters' | 'members' | 'partitions' | 'data' | 'unknown';

const KINDS: readonly (readonly [ChangeKind, RegExp])[] = [
  [
    'data',
    /^(DELETE_HISTORY|UPDATE_INCARNATION_NUMBER|ENTER_RECOVERY|EXIT_RECOVERY|AWAIT_MODE_CHANGE|PARTITION_PRE_RESTORE|PARTITION_RESTORE)$/,
  ],
  ['removal', /^(PARTITION_FORCE_RECONFIGURE|BROKER_FORCE_REMOVE)$/],
  ['partitions', /^(START_PARTITION_SCALE_UP|PARTITION_BOOTSTRAP|AWAIT_REDISTRIBUTION|AWAIT_RELOCATION|UPDATE_ROUTING_STATE)$/],
  [
    'members',
    /^(BROKER_ADD|BROKER_REMOVE|PARTITION_JOIN|PARTITION_LEAVE|PARTITION_RECONFIGURE_PRIORITY|UPDATE_PARTITION_DISTRIBUTOR_CONFIG|PRE_SCALING|POST_SCALING)$/,
  ],
  ['exporters', /^PARTITION_(ENABLE|DISABLE|DELETE)_EXPORTER$/],
  ['exporting', /^EXPORTING_STATE_CHANGE$/],
];

const WORDS: Readonly<Record<Exclude<ChangeKind, 'unknown'>, string>> = {
  removal: 'brokers are removed by force',
  exporting: 'exporting is paused or resumed',
  exporters: 'exporters are enabled or disabled',
  members: 'brokers or replicas are added, moved or removed',
  partitions: 'partitions are added',
  data: 'data is deleted, or a backup is restored',
};

/**
 * The kind of a change is that of its heaviest operation. One with an operation that is not known is unknown.
 *
 * @internal
 */
export function kindOf({ operations }: Pick<PendingChange, 'operations'>): ChangeKind {
  const kinds = operations.map(name => KINDS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'unknown');
  if (kinds.length === 0 || kinds.includes('unknown')) return 'unknown';
  return KINDS.find(([kind]) => kinds.includes(kind))?.[0] ?? 'unknown';
}

/** @internal */
export function pendingChangeOf(change: Json): PendingChange {
  const operations = mappings(change.pending);
  const brokerIds = [...new Set(operations.flatMap(({ brokerId }) => brokerIdIn(brokerId) ?? []))];
  const movedAt = mappings(change.completed)
    .map(({ completedAt }) => textOf(completedAt))
    .filter(time => !Number.isNaN(timeOf(time)))
    .at(-1);
  return {
    id: idOf(change.id),
    startedAt: textOf(change.startedAt),
    operations: operations.map(({ operation }) => textOf(operation)),
    ...(brokerIds.length === 0 ? {} : { brokerIds }),
    ...(movedAt === undefined ? {} : { movedAt }),
  };
}

/**
 * A pending change in words, for the operator who decides about it.
 *
 * @internal
 */
export function describePending(change: PendingChange, now?: number): string {
  const { id, startedAt, operations, brokerIds = [], movedAt } = change;
  const since = startedAt === '' ? 'since a time that the server does not tell' : `since ${startedAt}${ageText(startedAt, now)}`;
  const names = operations.length === 0 ? 'no operation named' : [...new Set(operations)].join(', ');
  const by = brokerIds.length === 0 ? '' : `, by brokers ${brokerIds.join(', ')}`;
  const moved = movedAt === undefined ? '' : `, moved at last ${movedAt}${ageText(movedAt, now)}`;
  const kind = kindOf(change);
  const what = kind === 'unknown' ? '' : `${WORDS[kind]}: `;
  return `change ${id} is pending ${since}${moved} (${what}${names}${by})`;
}

function ageText(time: string, now: number | undefined): string {
  const minutes = now === undefined ? NaN : Math.floor((now - timeOf(time)) / 60_000);
  return minutes >= 0 ? `, ${minutes} min ago` : '';
}

/** Old versions write times that no parser accepts, or that never were. */
function timeOf(time: string): number {
  return /^2\d{3}-/.test(time) ? Date.parse(time) : NaN;
}
