import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { clusterMembers, deploymentNames } from '../topology/plan/cluster-members';
import { camundaLabels, FIXED_NAMES } from '../topology/plan/names';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';
import type { RegionChartProps } from './region-chart-props';

const RBAC = 'rbac.authorization.k8s.io';

/**
 * The rights that a recovery needs in Camunda's namespace, for a group that has no others. Nobody is in it until the settings
 * name roles.
 */
export class RecoveryAccessChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId }: RegionChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const metadata = {
      name: FIXED_NAMES.recoveryGroup,
      namespace: topology.regions[regionId].namespace,
      labels: camundaLabels(topology.name, 'recovery'),
    };
    new k8s.KubeRole(this, 'Role', {
      metadata,
      rules: [...lookAround(topology), ...keepProgress(), ...fence(topology, regionId)],
    });
    new k8s.KubeRoleBinding(this, 'RoleBinding', {
      metadata,
      roleRef: { apiGroup: RBAC, kind: 'Role', name: metadata.name },
      subjects: [{ apiGroup: RBAC, kind: 'Group', name: FIXED_NAMES.recoveryGroup }],
    });
  }
}

/** What is there, and how to talk to it. */
function lookAround(topology: Topology): k8s.PolicyRule[] {
  const plan = planOf(topology);
  const secrets = [
    FIXED_NAMES.elasticsearchAdminSecret,
    // Up to 8.7 the REST API asks for no password.
    ...(plan.version.components ? [] : [plan.settings.users.oidc ? FIXED_NAMES.oidcSecret : FIXED_NAMES.camundaUsersSecret]),
    // The authority of both servers stands beside their certificates.
    ...(plan.settings.tls.enabled ? [FIXED_NAMES.camundaCertificate] : []),
  ];
  return [
    { apiGroups: [''], resources: ['pods', 'services'], verbs: ['get', 'list'] },
    { apiGroups: ['apps'], resources: ['statefulsets', 'deployments'], verbs: ['get', 'list'] },
    {
      apiGroups: ['elasticsearch.k8s.elastic.co'],
      resources: ['elasticsearches'],
      resourceNames: [FIXED_NAMES.elasticsearch],
      verbs: ['get'],
    },
    // A tunnel over WebSockets begins with a GET, and newer Kubernetes asks for `create` even then.
    { apiGroups: [''], resources: ['pods/portforward'], verbs: ['get', 'create'] },
    { apiGroups: [''], resources: ['secrets'], resourceNames: secrets, verbs: ['get'] },
    { apiGroups: [''], resources: ['configmaps'], resourceNames: [FIXED_NAMES.recoveryTopology], verbs: ['get'] },
  ];
}

/** An object that is not there yet has no name that a right could be limited to. */
function keepProgress(): k8s.PolicyRule[] {
  const kinds = [
    { apiGroups: [''], resources: ['configmaps'], name: FIXED_NAMES.recoveryProgress },
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], name: FIXED_NAMES.recoveryLease },
  ];
  return kinds.flatMap(({ name, ...kind }) => [
    { ...kind, resourceNames: [name], verbs: ['get', 'update'] },
    { ...kind, verbs: ['create'] },
  ]);
}

/**
 * Cutting off a region that is taken for lost: its members go, or lose the policies that admit their traffic. What is left then
 * is the one that denies everything, whose presence has to be seen before. Nothing can be opened with these rights.
 */
function fence(topology: Topology, regionId: number): k8s.PolicyRule[] {
  const { deployments, networkPolicies } = clusterMembers(topology);
  const scale = (resource: string, resourceNames: string[]): k8s.PolicyRule[] =>
    // A rule without names would be one for all.
    resourceNames.length === 0 ? [] : [{ apiGroups: ['apps'], resources: [`${resource}/scale`], resourceNames, verbs: ['get', 'patch'] }];
  const policies = { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'] };
  return [
    ...scale('statefulsets', [planOf(topology).brokerStatefulSet(regionId)]),
    ...scale('deployments', deploymentNames(deployments)),
    { ...policies, resourceNames: [...networkPolicies.members], verbs: ['get', 'delete'] },
    { ...policies, resourceNames: [networkPolicies.denyAll], verbs: ['get'] },
  ];
}
