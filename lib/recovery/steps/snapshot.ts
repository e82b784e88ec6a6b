import type { SnapshotRepository } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { HttpResponse } from '../calls/http';
import { errorText } from '../calls/readings';
import { readRepository, readSnapshot, registerRepository, repositoryState, snapshotState, takeSnapshot } from '../calls/search-calls';
import { blocked, met, open, running, unknown } from '../finding';
import type { Attempt } from '../record/progress';
import type { Condition, Step } from '../run/step';
import type { Sides } from '../view/members';
import { unlessEnabled } from './exporting';

/** What the steps that copy data have in common. */
export interface Copy {
  readonly sides: Sides;
  readonly from: number;
  readonly to: number;
  readonly snapshot: string;
  readonly repository: SnapshotRepository;
  /** Exporter of the recreated region: once it is enabled, the copy is done. */
  readonly exporterId: string;
  /** Whether each Elasticsearch is that of its region. */
  readonly identified: Condition;
}

/** @internal */
export function registerSource(copy: Copy): Step {
  return {
    id: 'register-source',
    title: `Register the snapshot repository in region ${copy.from}`,
    purpose: 'The snapshot goes into the bucket of the surviving region.',
    requires: [],
    done: unlessEnabled(copy.exporterId, repositoryIs(copy.from, copy.repository, false)),
    action: { description: 'register the repository', call: registerRepository(copy.from, copy.repository, false), repeat: 'safe' },
    timeoutMs: 300_000,
    advice: `Elasticsearch cannot use the bucket: check its name, and the role of Elasticsearch's service account; then 'recover resume'`,
  };
}

/** @internal */
export function registerTarget(copy: Copy): Step {
  return {
    id: 'register-target',
    title: `Register the snapshot repository in region ${copy.to}`,
    purpose:
      'Only now: a repository that is registered earlier does not see the snapshot. Read-only: two clusters that write into one repository spoil it.',
    requires: [snapshotTaken(copy)],
    done: unlessEnabled(copy.exporterId, seenFromTarget(copy)),
    action: { description: 'register the repository', call: registerRepository(copy.to, copy.repository, true), repeat: 'safe' },
    timeoutMs: 300_000,
    advice: `the recreated Elasticsearch cannot read the bucket of region ${copy.from}: check the role of its service account; then 'recover resume'`,
  };
}

/** @internal */
export function takeTheSnapshot(copy: Copy, requires: readonly Condition[] = []): Step {
  return {
    id: 'take-snapshot',
    title: `Take a snapshot in region ${copy.from}`,
    purpose: 'All indices of Camunda with their templates, as of the moment where exporting was paused.',
    requires: [copy.identified, repositoryIs(copy.from, copy.repository, false), ...requires],
    done: unlessEnabled(copy.exporterId, snapshotTaken(copy)),
    action: { description: 'take the snapshot', call: takeSnapshot(copy.from, copy.snapshot), repeat: 'by-name', read: readSnapshotAnswer },
    timeoutMs: 6 * 3_600_000,
    advice: `find out why with 'GET /_snapshot/_status' on Elasticsearch of region ${copy.from}; then 'recover resume --new-snapshot' takes another one`,
  };
}

/** That the name exists means that an earlier request has come through. */
function readSnapshotAnswer(response: HttpResponse): Partial<Attempt> | undefined {
  return response.status === 400 && /already exists|in use/.test(response.text)
    ? { outcome: 'unknown', detail: errorText(response) }
    : undefined;
}

/** @internal */
export function snapshotTaken({ from, snapshot }: Copy): Condition {
  return {
    description: `snapshot ${snapshot} is a SUCCESS without failed shards`,
    calls: [readSnapshot(from, snapshot)],
    check: async view => {
      const reading = await view.read(readSnapshot(from, snapshot), snapshotState);
      if (!reading.ok) return reading.status === 404 ? open(`there is no snapshot ${snapshot}`) : unknown(reading.why);
      const { state, failedShards, indices } = reading.value;
      if (state === 'IN_PROGRESS') return running(`snapshot ${snapshot} is being taken`);
      if (state === 'SUCCESS' && failedShards === 0) return met(`snapshot ${snapshot} has ${indices.length} indices`);
      return blocked(
        `snapshot ${snapshot} ended as ${state} with ${failedShards} failed shards`,
        `fix what its failures name (GET /_snapshot of it, in region ${from}), then 'recover resume --new-snapshot' takes another one`,
      );
    },
  };
}

/** One that was registered for an earlier snapshot does not see a later one. */
function seenFromTarget({ to, repository, snapshot }: Copy): Condition {
  const registered = repositoryIs(to, repository, true);
  return {
    description: `${registered.description}, and sees snapshot ${snapshot} in it`,
    calls: [...registered.calls, readSnapshot(to, snapshot)],
    check: async (view, attempts) => {
      const finding = await registered.check(view, attempts);
      if (finding.state !== 'met') return finding;
      const reading = await view.read(readSnapshot(to, snapshot), snapshotState);
      if (reading.ok) return finding;
      return reading.status === 404 ? open(`region ${to} does not see snapshot ${snapshot} in its repository`) : unknown(reading.why);
    },
  };
}

function repositoryIs(regionId: number, { type, settings }: SnapshotRepository, readonly: boolean): Condition {
  const wanted = JSON.stringify(Object.entries({ ...settings, ...(readonly ? { readonly: 'true' } : {}) }).sort());
  return {
    description: `region ${regionId} has the repository${readonly ? ', read-only' : ''}`,
    calls: [readRepository(regionId)],
    check: async view => {
      const reading = await view.read(readRepository(regionId), repositoryState);
      if (!reading.ok) return reading.status === 404 ? open(`region ${regionId} has no such repository`) : unknown(reading.why);
      const same = reading.value.type === type && JSON.stringify(Object.entries(reading.value.settings).sort()) === wanted;
      return same ? met(`region ${regionId} has the repository`) : open(`the repository of region ${regionId} has other settings`);
    },
  };
}
