import { planOf } from '../plan-of';
import type { Topology } from '../topology';
import { ENGINE } from './flows/flows';
import { FIXED_NAMES, kubernetesNames } from './names';

/**
 * What makes up the Zeebe cluster in a region besides the brokers' StatefulSet, by the names of its objects. Cutting off a region
 * takes these away, so a recovery has the right to that for exactly these.
 *
 * @internal
 */
export interface ClusterMembers {
  readonly deployments: MemberDeployments;
  readonly networkPolicies: MemberPolicies;
}

/**
 * Deployments by what they run. Lists are empty where that has no pods of its own.
 *
 * @internal
 */
export interface MemberDeployments {
  readonly gateways: readonly string[];
  /** Operate and Tasklist. */
  readonly applications: readonly string[];
  /** The importer of a migration. */
  readonly importers: readonly string[];
}

/** @internal */
export interface MemberPolicies {
  /** Those that admit traffic of members, and of nobody else. */
  readonly members: readonly string[];
  /** The one that admits nothing. Without it, taking away the others would open everything. */
  readonly denyAll: string;
}

/** @internal */
export function clusterMembers(topology: Topology): ClusterMembers {
  const { zeebeGateway, operate, tasklist, migrationImporter } = kubernetesNames(topology.name);
  const plan = planOf(topology);
  const { components } = plan.version;
  return {
    deployments: {
      gateways: components ? [zeebeGateway] : [],
      applications: components ? [operate, tasklist] : [],
      importers: plan.migration ? [migrationImporter] : [],
    },
    networkPolicies: {
      // A policy has the name of the party that it is for.
      members: ENGINE.filter(party => topology.flows.some(({ source, target }) => source === party || target === party)),
      denyAll: FIXED_NAMES.denyAllPolicy,
    },
  };
}

/** @internal */
export function deploymentNames({ gateways, applications, importers }: MemberDeployments): string[] {
  return [...gateways, ...applications, ...importers];
}
