import type { RecoveryTopology } from '../../constructs/topology/plan/recovery/recovery-topology';
import type { RecoveryPorts } from '../../lib/recovery/ports';

/** A deployment that was found: what it is, and the ways to it. */
export interface FoundDeployment {
  readonly topology: RecoveryTopology;
  /** Ports of a run that keeps its progress where it survives. */
  portsFor(surviving: number): RecoveryPorts;
  /** The region through which to look at both: the first one that can be reached. */
  reachable(): Promise<number>;
  /** Whether something was named that leads to the Kubernetes API of a region, be it up or not. */
  hasKubernetes(regionId: number): boolean;
  /** Whether a region lets itself be reached, within seconds. */
  answers(regionId: number): Promise<boolean>;
  /** Cuts off the brokers of a region, or says why that is not possible. */
  fence(regionId: number, how: FenceMeans): Promise<string>;
  /** A pod that is the first broker of a lost region for a while, in the other one. */
  temporaryBroker(lostRegionId: number): Promise<object>;
}

export type FenceMeans = 'scale' | 'isolate';
