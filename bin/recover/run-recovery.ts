import { writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { reportMarkdown, reportOf } from '../../lib/recovery/documents/report';
import { fingerprintOf, planOf } from '../../lib/recovery/plans/recovery-request';
import type { Clock } from '../../lib/recovery/ports';
import { recordRegionOf, type Progress } from '../../lib/recovery/record/progress';
import { Engine, type Interruption } from '../../lib/recovery/run/engine';
import { refuseGivenUp } from '../../lib/recovery/run/given-up';
import { Journal } from '../../lib/recovery/run/journal';
import { rehearsalText, rehearse } from '../../lib/recovery/run/rehearsal';
import { RecoveryStop } from '../../lib/recovery/stop';
import { ClusterView } from '../../lib/recovery/view/cluster-view';
import { makeFolder } from './arguments';
import type { FoundDeployment } from './deployment';
import { EXIT, exitCodeOf } from './exit-code';
import { stopWithoutRecord } from './kubernetes/kubernetes-failure';
import { viewOf, type ViewKind } from './terminal/view';
import { print } from './terminal/wrapped';

export interface RunOptions {
  readonly operator?: string;
  readonly json?: boolean;
  readonly report?: string;
  readonly dryRun?: boolean;
}

/** Name under which a run is recorded: each process has its own, so that two of the same person notice each other. */
export function operatorName({ operator }: RunOptions): string {
  return `${operator ?? `${userInfo().username}@${hostname()}`} #${process.pid}`;
}

/** Runs a recovery from where it stands, shows it, and writes what it was. Returns the exit code. */
export async function runRecovery(
  found: FoundDeployment,
  progress: Progress,
  version: string | undefined,
  options: RunOptions,
  clock: Clock,
  interrupted: AbortSignal,
): Promise<number> {
  const { topology } = found;
  if (progress.fingerprint !== fingerprintOf(topology)) {
    throw new RecoveryStop(
      'refused',
      'the deployment is not the one with which this recovery was begun: version, node ids, partitions or exporters differ',
      `deploy what was there when it began, and resume; or begin anew with --abandon, after you have seen with 'recover status' where it stands`,
    );
  }
  const ports = found.portsFor(recordRegionOf(progress.request));
  const plan = planOf(topology, progress.request);
  refuseGivenUp(plan, progress);
  if (options.dryRun) {
    const rehearsal = await rehearse(new ClusterView(topology, ports), plan, progress);
    process.stdout.write(options.json ? `${JSON.stringify({ kind: 'rehearsal', ...rehearsal })}\n` : `${rehearsalText(rehearsal)}\n`);
    return rehearsal.ends === undefined ? EXIT.done : exitCodeOf(rehearsal.ends);
  }
  if (options.report !== undefined) makeFolder(options.report, '--report');
  const kind: ViewKind = options.json ? 'json' : process.stdout.isTTY ? 'live' : 'plain';
  const view = viewOf(kind, process.stdout, () => clock.now());
  const journal = new Journal(ports, operatorName(options), progress, version);
  let code: number = EXIT.done;
  try {
    await new Engine(new ClusterView(topology, ports), journal, view, interruptionOf(interrupted)).run(plan);
  } catch (error) {
    view.end();
    // Returns back nothing but what this process has.
    await journal.release().catch(() => undefined);
    const stop = stopWithoutRecord(error, topology.regions[recordRegionOf(progress.request)], journal.isRecorded);
    if (!(stop instanceof RecoveryStop)) throw stop;
    printStop(stop, options.json ?? false);
    code = exitCodeOf(stop.kind);
  } finally {
    view.end();
  }
  const report = reportOf(plan, journal.progress);
  if (options.report !== undefined) {
    writeFileSync(join(options.report, 'report.md'), reportMarkdown(report));
    writeFileSync(join(options.report, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  }
  if (code === EXIT.done && !options.json)
    process.stdout.write(`\n${reportMarkdown(report)}\nNow:\n${plan.afterwards.map(text => `- ${text}\n`).join('')}`);
  if (code === EXIT.done && options.json) process.stdout.write(`${JSON.stringify({ kind: 'report', ...report })}\n`);
  return code;
}

/** What a run looks at between two looks at the system. */
export function interruptionOf(interrupted: AbortSignal): Interruption {
  return {
    get requested(): boolean {
      return interrupted.aborted;
    },
  };
}

/** Why it stopped, and what to do. */
export function printStop(stop: RecoveryStop, json: boolean): void {
  if (json)
    process.stdout.write(
      `${JSON.stringify({ kind: 'stop', why: stop.kind, message: stop.message, advice: stop.advice, step: stop.stepId })}\n`,
    );
  else {
    print(process.stderr, stop.message);
    print(process.stderr, `  what to do: ${stop.advice}`, '    ');
  }
}
