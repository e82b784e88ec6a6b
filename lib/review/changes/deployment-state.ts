import type { Flow } from '../../../constructs/topology/plan/flows/flows';
import { kubernetesNames } from '../../../constructs/topology/plan/names';
import { clusterZones } from '../../../constructs/topology/plan/placement/cluster-zones';
import { planOf } from '../../../constructs/topology/plan-of';
import type { ResolvedSettings } from '../../../constructs/topology/settings/resolved-settings';
import type { Topology } from '../../../constructs/topology/topology';
import type { ManifestGroup } from '../../region-manifests';
import type { StackTemplate } from '../template';

/**
 * Raised when a field changes its meaning or goes away, so that a comparison never mixes two meanings.
 *
 * @internal
 */
export const STATE_SCHEMA_VERSION = 2;

/**
 * All of a deployment that a later one is compared with. It is plain data: what is written to a file and read again is the same.
 *
 * @internal
 */
export interface DeploymentState {
  readonly schemaVersion: number;
  /** Version of this library that rendered it. */
  readonly libraryVersion: string;
  readonly settings: ResolvedSettings;
  readonly topology: StateTopology;
  readonly stacks: readonly StateStack[];
  /** Manifests, region 0 first. */
  readonly manifests: readonly (readonly ManifestGroup[])[];
}

/** @internal */
export interface StateTopology {
  /** StatefulSet of the brokers. In a cluster with zones, what comes before the name of the zone. */
  readonly brokerStatefulSet: string;
  readonly brokers: readonly { readonly nodeId: number; readonly regionId: number; readonly podName: string }[];
  readonly flows: readonly Flow[];
  readonly forwarderAddresses: readonly (readonly string[])[];
}

/**
 * Name of the StatefulSet of a region's brokers.
 *
 * @internal
 */
export function brokersOf({ topology, settings }: DeploymentState, regionId: number): string {
  const zone = clusterZones(settings).at(regionId);
  return zone === undefined ? topology.brokerStatefulSet : `${topology.brokerStatefulSet}-${zone.name}`;
}

/** @internal */
export interface StateStack extends StackTemplate {
  /** Its name without the prefix, for example `Region0`. Stays what it is when the prefix changes. */
  readonly stackRole: string;
}

/** @internal */
export interface StateInput {
  readonly topology: Topology;
  readonly stacks: readonly StackTemplate[];
  /** Manifests, region 0 first. */
  readonly manifests: readonly (readonly ManifestGroup[])[];
  readonly libraryVersion: string;
}

/** @internal */
export function stateOf({ topology, stacks, manifests, libraryVersion }: StateInput): DeploymentState {
  const { name, brokers, flows, regions } = topology;
  const { settings } = planOf(topology);
  const state: DeploymentState = {
    schemaVersion: STATE_SCHEMA_VERSION,
    libraryVersion,
    settings,
    topology: {
      brokerStatefulSet: kubernetesNames(name).zeebe,
      brokers: brokers.map(({ nodeId, regionId, podName }) => ({ nodeId, regionId, podName })),
      flows,
      forwarderAddresses: regions.map(({ forwarderAddresses }) => forwarderAddresses),
    },
    stacks: stacks.map(({ stackName, awsRegion, template }) => {
      const stackRole = stackName.startsWith(`${name}-`) ? stackName.slice(name.length + 1) : stackName;
      return { stackRole, stackName, awsRegion, template };
    }),
    manifests,
  };
  // What has no value is left out, as in a file.
  return JSON.parse(JSON.stringify(state)) as DeploymentState;
}
