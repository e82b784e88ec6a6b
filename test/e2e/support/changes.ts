import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { NODE_GROUP } from '../../../lib/review/changes/aws-update-rules';
import { awsState } from './aws-state';
import { bed } from './bed';
import { RUN_FOLDER } from './bed-state';
import { cdkWith, synthesised, type CdkOutcome } from './cdk';
import { bothRegions, BROKERS, changedConfiguration, CONNECTORS, pods, settled, volumesOf } from './life';

/** An update of a cluster or node group, as the emulator has recorded it. */
export interface EksUpdate {
  readonly region: string;
  readonly type: string;
  readonly id: string;
  readonly fields: readonly string[];
}

/** What a deployment has restarted or replaced, by region. */
export interface Restarted {
  /** Regions whose brokers are all other pods. */
  readonly brokers: readonly number[];
  readonly connectors: readonly number[];
  /** Regions whose node groups got another version. */
  readonly nodes: readonly number[];
}

/** How a change was deployed, and what came of it. */
export interface DeployedChange extends Restarted {
  readonly outcome: CdkOutcome;
  /** In their order. */
  readonly updates: readonly EksUpdate[];
}

/** What a change must never replace. */
export interface KeptObjects {
  readonly volumes: readonly string[];
  readonly secrets: readonly string[];
  readonly forwarders: readonly unknown[];
  readonly buckets: readonly string[];
}

const ROLLS = ['LaunchTemplate', 'Version', 'ReleaseVersion'];
const UPDATES_FILE = join(RUN_FOLDER, 'eks-updates.jsonl');

/** A system that is changed by one deployment after the other, each on top of the ones before. */
export class ChangingSystem {
  private change: (settings: DualRegionSettings) => DualRegionSettings = settings => settings;
  private count = 0;

  /**
   * Deploys one more change.
   *
   * @param next what it changes
   * @param stacks what is deployed; all by default
   */
  public async deploy(
    next: (settings: DualRegionSettings) => DualRegionSettings,
    stacks: readonly string[] = ['--all'],
  ): Promise<DeployedChange> {
    const before = this.change;
    const changed = (settings: DualRegionSettings): DualRegionSettings => next(before(settings));
    const app = await synthesised(changedConfiguration(`change-${this.count++}`, changed));
    const [uids, known] = [await bothRegions(uidsOf), updates().length];
    const outcome = await cdkWith({ app }, 'deploy', ...stacks, '--require-approval', 'never', '--concurrency', '2');
    if (outcome.code === 0) this.change = changed;
    await bothRegions(settled);
    const now = await bothRegions(uidsOf);
    const made = updates().slice(known);
    const replaced = (kind: keyof Uids): number[] =>
      [0, 1].filter(regionId => !now[regionId][kind].some(uid => uids[regionId][kind].includes(uid)) && uids[regionId][kind].length > 0);
    return {
      outcome,
      updates: made,
      brokers: replaced('brokers'),
      connectors: replaced('connectors'),
      nodes: bed()
        .regions.filter(({ awsRegion }) => made.some(one => one.region === awsRegion && rolls(one)))
        .map(({ regionId }) => regionId),
    };
  }
}

/** Whether an update replaces the nodes of a group. */
export function rolls({ type, fields }: EksUpdate): boolean {
  return type === NODE_GROUP && fields.some(field => ROLLS.includes(field));
}

/** Volumes, secrets, forwarders and buckets by what identifies them. */
export async function keptObjects(): Promise<KeptObjects> {
  const [regions, volumes] = [await awsState(), await bothRegions(volumesOf)];
  return {
    volumes: volumes.flat(),
    secrets: regions.flatMap(({ secrets }) => secrets.map(({ arn }) => arn)).sort(),
    forwarders: regions.map(({ loadBalancers }) => loadBalancers.map(({ loadBalancerArn, subnets }) => ({ loadBalancerArn, subnets }))),
    buckets: regions.flatMap(({ buckets }) => buckets.map(({ name }) => name)).sort(),
  };
}

interface Uids {
  readonly brokers: readonly string[];
  readonly connectors: readonly string[];
}

async function uidsOf(regionId: number): Promise<Uids> {
  const of = async (selector: string): Promise<string[]> => (await pods(regionId, selector)).map(({ metadata }) => metadata.uid);
  return { brokers: await of(BROKERS), connectors: await of(CONNECTORS) };
}

function updates(): EksUpdate[] {
  if (!existsSync(UPDATES_FILE)) return [];
  const lines = readFileSync(UPDATES_FILE, 'utf8').split('\n');
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as EksUpdate);
}
