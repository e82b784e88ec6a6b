import { isPlanned, type RecoveryRequest } from '../../../lib/recovery/record/progress';
import { FaultPlan } from '../stand-in/faults';
import type { StandInServer } from '../stand-in/server';
import { peopleDeploy, REPOSITORY, Scenario, type ScenarioOptions } from './scenario';

/** A direction, a version and a region: what every fault is tried with. */
export interface Case {
  readonly direction: RecoveryRequest['direction'];
  readonly version: string;
  readonly affected: number;
}

export function casesOf(versions: readonly string[], directions: readonly Case['direction'][] = ['failover', 'failback']): Case[] {
  return directions.flatMap(direction => versions.flatMap(version => [0, 1].map(affected => ({ direction, version, affected }))));
}

export function requestOf({ direction, affected }: Pick<Case, 'direction' | 'affected'>): RecoveryRequest {
  if (direction === 'scale') return { direction, regionId: 0, adds: ['4', '5'] };
  return direction !== 'failback'
    ? { direction, regionId: affected }
    : { direction, regionId: affected, snapshotName: 'failback-1', repository: REPOSITORY };
}

/** A deployment at the point where the case begins, without faults so far. */
export function atTheStart(server: StandInServer, url: string, one: Case, options: ScenarioOptions = {}): Scenario {
  const scenario = new Scenario(server, url, { clusterSize: one.direction === 'scale' ? 6 : 4, version: one.version, ...options });
  if (one.direction === 'scale') scenario.deployment.begunWith(4, 4);
  if (!isPlanned(one.direction)) scenario.lose(one.affected);
  if (one.direction === 'failback') {
    scenario.deployment.failOver(one.affected);
    scenario.deployment.work(60);
    scenario.onEvent = peopleDeploy(scenario, one.affected);
  }
  scenario.use(new FaultPlan());
  return scenario;
}
