import { planDocument, planText } from '../../lib/recovery/documents/runbook';
import { statusOf } from '../../lib/recovery/documents/status';
import type { Finding } from '../../lib/recovery/finding';
import {
  declaredAsNeverAccepted,
  freshProgress,
  planOf,
  snapshotNameFor,
  withNewSnapshot,
} from '../../lib/recovery/plans/recovery-request';
import { UnreadableRecordError, type Clock, type ProgressStore } from '../../lib/recovery/ports';
import { carriedOver, suspected } from '../../lib/recovery/record/abandon';
import { inherited } from '../../lib/recovery/record/inheritance';
import {
  isUnfinished,
  recordRegionOf,
  type Direction,
  type PlannedDirection,
  type RecoveryRequest,
  type Progress,
} from '../../lib/recovery/record/progress';
import { refuseGivenUp } from '../../lib/recovery/run/given-up';
import { checkUntil } from '../../lib/recovery/run/wait';
import { trafficPlace } from '../../lib/recovery/traffic/traffic-change';
import { ClusterView } from '../../lib/recovery/view/cluster-view';
import { coordinatorIsIn, sidesOf } from '../../lib/recovery/view/members';
import { regionNumber, wholeSeconds, type ConnectionOptions } from './arguments';
import { cancelStuckChange, coordinatorLives } from './cancel-change';
import { demandSearch } from './demand-search';
import type { FenceMeans, FoundDeployment } from './deployment';
import { EXIT, exitCodeOf, UsageError } from './exit-code';
import { evidenceLines, refuseAtFirstSight, refuseUnlessJudged, refuseWhereOnlyItLives } from './first-check';
import { refuseUnlessOtherLives, sightLines, stopOfFencing } from './kubernetes/before-fencing';
import { stopWithoutRecord } from './kubernetes/kubernetes-failure';
import { repositoryOf, type RepositoryOptions } from './repository';
import { notFinished, refuseWhileRecovering } from './request/refuse-while-recovering';
import { refuseUnscalable, scaleRequest } from './request/scale-request';
import { switchTo } from './request/switch-request';
import { withCancelling, type WithCancelling } from './request/with-cancelling';
import { withZonePriority } from './request/with-zone-priority';
import { interruptionOf, operatorName, runRecovery, type RunOptions } from './run-recovery';
import { readable, unfinished } from './state/records';
import { confirm, consequences, fencing, neverAccepted } from './terminal/confirmation';
import { print } from './terminal/wrapped';
import { changeTraffic, ledNow } from './traffic/change-traffic';
import { failoverVerified, wholeVerified } from './verification';

export interface CommandOptions extends ConnectionOptions, RunOptions, RepositoryOptions {
  readonly lost?: string;
  readonly recreated?: string;
  readonly to?: string;
  readonly region?: string;
  readonly surviving?: string;
  readonly fenced?: boolean;
  readonly yes?: boolean;
  readonly abandon?: boolean;
  readonly newSnapshot?: boolean;
  readonly sendAgain?: boolean;
  readonly how?: FenceMeans;
  readonly otherLives?: boolean;
  readonly off?: string;
  readonly on?: string;
  /** Seconds, or `true` for as long as a step of a recovery would wait. */
  readonly wait?: string | true;
}

/** As long as the last step of a recovery waits for the same. */
const LONGEST_WAIT_SECONDS = 1800;

/** What the commands do, once the deployment is found. Each gives an exit code. */
export class Commands {
  public constructor(
    private readonly found: FoundDeployment,
    private readonly options: CommandOptions,
    private readonly clock: Clock,
    private readonly interrupted: AbortSignal,
  ) {}

  public async start(direction: Exclude<Direction, PlannedDirection>): Promise<number> {
    const { options } = this;
    const request = this.request(direction);
    const ports = this.found.portsFor(1 - request.regionId);
    if (direction === 'failback') demandSearch(this.found.topology, ports);
    await refuseWhereOnlyItLives(this.found, request, ports);
    const { progress, version, steps } = await this.earlier(request, ports.store);
    if (isUnfinished(progress) && !options.abandon) {
      refuseGivenUp(planOf(this.found.topology, progress.request), progress);
      throw notFinished(
        progress,
        `'recover resume' goes on with it; --abandon begins anew, from what the system shows, and keeps in mind what was sent of which nobody knows what has become`,
      );
    }
    const view = new ClusterView(this.found.topology, ports);
    const abandoned = isUnfinished(progress) ? progress : undefined;
    if (abandoned && abandoned.request.regionId !== request.regionId)
      await refuseUnlessJudged(this.found.topology, request, view, interruptionOf(this.interrupted));
    const { request: cancelling, cancelled } = await this.cancelling(inherited(request, abandoned), steps, view);
    const whole = await withZonePriority(this.found.topology, cancelling, view, interruptionOf(this.interrupted));
    const fresh = freshProgress(whole, this.found.topology, operatorName(options), this.clock.now(), steps);
    if (!options.dryRun && !options.yes && !(await this.confirmed(whole, view, cancelled))) return this.notConfirmed();
    return runRecovery(this.found, fresh, version, options, this.clock, this.interrupted);
  }

  public async resume(): Promise<number> {
    const { options } = this;
    const { progress, version } = await unfinished(this.found);
    const changed = await this.changed(progress);
    if (changed.request.direction === 'failback') demandSearch(this.found.topology, this.found.portsFor(1 - changed.request.regionId));
    const asks = options.sendAgain && !options.dryRun && !options.yes;
    if (asks && !(await confirm(neverAccepted(progress), [], progress.request.regionId, this.interrupted))) return this.notConfirmed();
    return runRecovery(this.found, changed, version, options, this.clock, this.interrupted);
  }

  /** Moves the leaders of all partitions into one region, while both live. */
  public async switchLeaders(): Promise<number> {
    const request = switchTo(this.found.topology, this.named('to'));
    return this.carryOut('switch', () => Promise.resolve(request));
  }

  /** Makes the cluster as large as its description, while both regions live. */
  public async scale(): Promise<number> {
    const { topology } = this.found;
    refuseUnscalable(topology);
    return this.carryOut('scale', view => scaleRequest(topology, view, interruptionOf(this.interrupted)));
  }

  /** What is planned for two regions that live. To begin it anew is to go on with it. */
  private async carryOut(direction: PlannedDirection, requestOf: (view: ClusterView) => Promise<RecoveryRequest>): Promise<number> {
    const { options, found } = this;
    const { version } = await refuseWhileRecovering(found, direction);
    const view = new ClusterView(found.topology, found.portsFor(recordRegionOf({ direction, regionId: 0 })));
    const request = await requestOf(view);
    if (!options.dryRun && !options.yes && !(await this.confirmed(request, view))) return this.notConfirmed();
    const fresh = freshProgress(request, found.topology, operatorName(options), this.clock.now());
    return runRecovery(found, fresh, version, options, this.clock, this.interrupted);
  }

  /** Prints a plan with its calls. */
  public plan(): number {
    const request = this.planned();
    const plan = planOf(this.found.topology, request);
    process.stdout.write(
      `${this.options.json ? JSON.stringify({ kind: 'plan', ...planDocument(plan) }) : planText(this.found.topology, plan)}\n`,
    );
    return EXIT.done;
  }

  public async status(): Promise<number> {
    const ports = this.found.portsFor(await this.surviving());
    const { topology } = this.found;
    const [seen, led] = await Promise.all([
      readable(ports.store).then(record => statusOf(new ClusterView(topology, ports), record)),
      topology.traffic === undefined ? undefined : ledNow(trafficPlace(topology)),
    ]);
    const { ends } = seen;
    const lines = led === undefined ? seen.lines : [...seen.lines, { subject: 'traffic', text: led }];
    if (this.options.json)
      process.stdout.write(
        `${JSON.stringify({ kind: 'status', ...Object.fromEntries(lines.map(({ subject, text }) => [subject, text])) })}\n`,
      );
    else lines.forEach(({ subject, text }) => print(process.stdout, `${subject.padEnd(11)}${text}`, ' '.repeat(11)));
    return ends === undefined ? EXIT.done : exitCodeOf(ends);
  }

  /** Whether both regions are whole, or the one that survives works alone. */
  public async verify(): Promise<number> {
    const { topology } = this.found;
    const { lost, json, wait } = this.options;
    const sides = sidesOf(topology, lost === undefined ? 1 - (await this.surviving()) : regionNumber(lost, topology.regions.length));
    const condition = lost === undefined ? wholeVerified(topology, sides) : failoverVerified(topology, sides);
    const ports = this.found.portsFor(sides.others[0].regionId);
    if (lost === undefined) demandSearch(topology, ports);
    const view = new ClusterView(topology, ports);
    const show = (finding: Finding, text: string): void => {
      if (json) return void process.stdout.write(`${JSON.stringify(finding)}\n`);
      print(process.stdout, `${text}: ${finding.why}`);
      finding.warnings?.forEach(warning => print(process.stdout, `  warning: ${warning}`, '    '));
      if (finding.advice !== undefined) print(process.stdout, `  what to do: ${finding.advice}`, '    ');
    };
    const limitMs = wait === undefined ? 0 : wholeSeconds(wait === true ? LONGEST_WAIT_SECONDS : wait, '--wait') * 1000;
    const finding = await checkUntil(
      view,
      condition,
      limitMs,
      seen => show(seen, `waiting (${seen.state})`),
      interruptionOf(this.interrupted),
    );
    show(finding, finding.state === 'met' ? 'as it should be' : `not as it should be (${finding.state})`);
    return finding.state === 'met' ? EXIT.done : EXIT.stopped;
  }

  public async fence(): Promise<number> {
    const { region, how = 'scale', otherLives, yes } = this.options;
    const { topology } = this.found;
    if (region === undefined) throw new UsageError('name the region to cut off with --region');
    const regionId = regionNumber(region, topology.regions.length);
    const sight = await refuseUnlessOtherLives(this.found, regionId, otherLives);
    if (!yes && !(await confirm(fencing(topology, regionId, how), await sightLines(topology, regionId, sight), regionId, this.interrupted)))
      return this.notConfirmed();
    try {
      this.say('fenced', await this.found.fence(regionId, how));
    } catch (error) {
      throw stopOfFencing(error, regionId);
    }
    return EXIT.done;
  }

  /** Takes a region out of the DNS, or brings it back, whatever the engine does. */
  public async traffic(): Promise<number> {
    return (await changeTraffic(this.found.topology, this.options, this.interrupted)) ?? this.notConfirmed();
  }

  /** Cancels a change that is in the way of a failover, where only a lost broker can do that. */
  public async cancelChange(): Promise<number> {
    const { yes } = this.options;
    const regionId = this.named('lost');
    const done = await cancelStuckChange({
      view: new ClusterView(this.found.topology, this.found.portsFor(1 - regionId)),
      sides: sidesOf(this.found.topology, regionId),
      interruption: interruptionOf(this.interrupted),
      onWait: ({ why, advice }) => this.say('waiting', advice === undefined ? why : `${why}. What to do: ${advice}`),
      confirmed: async change =>
        yes === true ||
        confirm(`Cancels a change of the cluster, and nothing that it has done is undone: ${change}`, [], regionId, this.interrupted),
    });
    if (done === undefined) return this.notConfirmed();
    this.say('cancelled', done);
    return EXIT.done;
  }

  /** Prints what stands in for the lost coordinator where its own volume does not come back. */
  public async temporaryBroker(): Promise<number> {
    const regionId = this.named('lost');
    const sides = sidesOf(this.found.topology, regionId);
    if (!coordinatorIsIn(sides)) throw coordinatorLives(sides);
    process.stdout.write(`${JSON.stringify(await this.found.temporaryBroker(regionId), null, 2)}\n`);
    return EXIT.done;
  }

  /** Asks, with what is seen. What would be refused is not asked for. */
  private async confirmed(request: RecoveryRequest, view: ClusterView, cancelled?: string): Promise<boolean> {
    const { topology } = this.found;
    await refuseAtFirstSight(topology, request, view, interruptionOf(this.interrupted));
    const evidence = request.direction === 'failover' ? await evidenceLines(topology, request, view) : [];
    const change = cancelled === undefined ? [] : [`to be cancelled: ${cancelled}`];
    const word = request.direction === 'scale' ? topology.name : undefined;
    return confirm(consequences(topology, request), [...evidence, ...change], request.regionId, this.interrupted, word);
  }

  private cancelling(request: RecoveryRequest, steps: Progress['steps'], view: ClusterView): Promise<WithCancelling> {
    const say = (text: string): void => this.say('waiting', text);
    return withCancelling(this.found.topology, request, steps, view, say, interruptionOf(this.interrupted));
  }

  private planned(): RecoveryRequest {
    const { lost, to } = this.options;
    if (to !== undefined) return switchTo(this.found.topology, this.named('to'));
    return this.request(lost === undefined ? 'failback' : 'failover');
  }

  private named(option: 'lost' | 'recreated' | 'to'): number {
    const region = this.options[option];
    if (region === undefined) throw new UsageError(`name the region with --${option}`);
    return regionNumber(region, this.found.topology.regions.length);
  }

  private request(direction: Exclude<Direction, PlannedDirection>): RecoveryRequest {
    const { options } = this;
    const { topology } = this.found;
    const { fenced } = options;
    const regionId = this.named(direction === 'failover' ? 'lost' : 'recreated');
    if (direction === 'failover') return { direction, regionId, ...(fenced ? { fenced } : {}) };
    return {
      direction,
      regionId,
      snapshotName: snapshotNameFor(regionId, this.clock.now()),
      repository: repositoryOf(topology.regions[1 - regionId], options),
    };
  }

  private async changed(progress: Progress): Promise<Progress> {
    const { newSnapshot, sendAgain } = this.options;
    const view = new ClusterView(this.found.topology, this.found.portsFor(recordRegionOf(progress.request)));
    const { request } = await this.cancelling(progress.request, progress.steps, view);
    const current = { ...progress, request };
    const next = sendAgain ? declaredAsNeverAccepted(current, operatorName(this.options)) : current;
    return newSnapshot ? withNewSnapshot(next, snapshotNameFor(next.request.regionId, this.clock.now())) : next;
  }

  /** The record of an earlier recovery, and what a new one has to know of it. One that cannot be read is in the way unless it is abandoned. */
  private async earlier(
    request: RecoveryRequest,
    store: ProgressStore,
  ): Promise<{ readonly progress?: Progress; readonly version?: string; readonly steps: Progress['steps'] }> {
    try {
      const record = await store.read();
      const abandoned = isUnfinished(record.progress) && this.options.abandon ? record.progress : undefined;
      return { ...record, steps: carriedOver(request, abandoned) };
    } catch (error) {
      if (!(error instanceof UnreadableRecordError) || !this.options.abandon)
        throw stopWithoutRecord(error, this.found.topology.regions[1 - request.regionId], false);
      return { version: error.version, steps: suspected(planOf(this.found.topology, request).steps, this.clock.now()) };
    }
  }

  /** The region through which the cluster is looked at. */
  private surviving(): Promise<number> {
    const { surviving } = this.options;
    return surviving === undefined ? this.found.reachable() : Promise.resolve(regionNumber(surviving, this.found.topology.regions.length));
  }

  private notConfirmed(): number {
    const text = 'not confirmed: nothing was done';
    if (this.options.json) this.say('refused', text);
    else print(process.stderr, text);
    return EXIT.refused;
  }

  private say(kind: string, text: string): void {
    if (this.options.json) process.stdout.write(`${JSON.stringify({ kind, text })}\n`);
    else print(process.stdout, text);
  }
}
