import { freshProgress } from '../../../lib/recovery/plans/recovery-request';
import { inherited } from '../../../lib/recovery/record/inheritance';
import type { RecoveryRequest, Progress, StepProgress } from '../../../lib/recovery/record/progress';
import { attempt, TOPOLOGY } from '../support/answering-view';

const over = (more: Partial<RecoveryRequest> = {}): RecoveryRequest => ({ direction: 'failover', regionId: 1, ...more });
const back = (more: Partial<RecoveryRequest> = {}): RecoveryRequest => ({ direction: 'failback', regionId: 1, snapshotName: 's', ...more });
const SENT: StepProgress = { startedAt: 1, calls: 1, attempts: [attempt('unknown')] };
const DONE: StepProgress = { ...SENT, finishedAt: 2 };
const NEVER: StepProgress = { ...SENT, attempts: [attempt('undelivered')] };

function of(request: RecoveryRequest, steps: Progress['steps']): Progress {
  return { ...freshProgress(request, TOPOLOGY, 'ada', 1), steps };
}

test.each<[string, RecoveryRequest, Progress | undefined, Partial<RecoveryRequest>]>([
  ['nothing', over(), undefined, {}],
  ['the failback of the other region', over(), of(back({ regionId: 0 }), { 'pause-exporting': SENT }), {}],
  ['a failback that has sent nothing', over(), of(back(), { 'pause-exporting': NEVER }), {}],
  ['one that has paused exporting', back(), of(back(), { 'pause-exporting': SENT }), { resumesExporting: true }],
  ['one that has paused it, by a failover, which looks at it anyway', over(), of(back(), { 'pause-exporting': SENT }), {}],
  ['one that has resumed it', back(), of(back(), { 'pause-exporting': DONE, 'resume-exporting': DONE }), {}],
  ['one that was adding', over(), of(back(), { 'add-brokers': SENT }), { partly: true }],
  ['one that was adding, begun anew', back(), of(back(), { 'add-brokers': SENT }), { partly: true, again: true }],
  ['one that was to resume it first', back(), of(back({ resumesExporting: true }), {}), { resumesExporting: true }],
  ['one that has resumed it first', back(), of(back({ resumesExporting: true }), { 'resume-exporting-first': DONE }), {}],
  ['one whose predecessor was adding', over(), of(back({ partly: true, again: true }), {}), { partly: true }],
  [
    'a failover that had inherited',
    over(),
    of(over({ cancels: 7, partly: true }), { 'cancel-change-7': DONE }),
    { cancels: 7, partly: true },
  ],
  ['a failover that had nothing to inherit', over(), of(over({ fenced: true }), {}), {}],
  ['a failover, by a failback', back(), of(over({ partly: true }), {}), {}],
])('inherits from %s', (_, request, abandoned, more) => {
  expect(inherited(request, abandoned)).toEqual({ ...request, ...more });
});
