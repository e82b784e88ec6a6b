import type { k8s } from 'cdk8s-plus-28';
import { FIXED_NAMES, kubernetesNames } from '../../topology/plan/names';
import { RegionPhase } from '../../topology/plan/recovery/region-phase';
import { documentVariables } from '../../topology/plan/storage/document-storage';
import { planOf } from '../../topology/plan-of';
import type { Topology } from '../../topology/topology';
import { brokerTls } from './tls-settings';

/**
 * Variables that the start-up script and the configuration refer to. The names are those of the official chart where it
 * has the variable.
 *
 * @internal
 */
export const VARIABLES = {
  podName: 'K8S_NAME',
  serviceName: 'K8S_SERVICE_NAME',
  namespace: 'K8S_NAMESPACE',
  regionId: 'VALUES_REGION_ID',
  elasticsearchPassword: 'VALUES_ELASTICSEARCH_PASSWORD',
  adminPassword: 'VALUES_ADMIN_PASSWORD',
  connectorsPassword: 'VALUES_CONNECTORS_PASSWORD',
  recoveryPassword: 'VALUES_RECOVERY_PASSWORD',
  oidcSecret: 'VALUES_ORCHESTRATION_CLIENT_SECRET',
} as const;

/**
 * How the configuration refers to a variable. There is no default: a pod without the variable must not start.
 *
 * @internal
 */
export function placeholder(variable: string): string {
  return `\${${variable}}`;
}

/** @internal */
export function orchestrationEnvironment(topology: Topology, regionId: number): k8s.EnvVar[] {
  const plan = planOf(topology);
  const { orchestration, recreatedEnvironment, components } = plan.version;
  const { dataFolder, errorFile } = orchestration;
  const options = [
    '-XX:+ExitOnOutOfMemoryError',
    '-XX:+HeapDumpOnOutOfMemoryError',
    `-XX:HeapDumpPath=${dataFolder}`,
    `-XX:ErrorFile=${dataFolder}/${errorFile}`,
    ...(brokerTls(topology)?.jvmOptions ?? []),
  ];
  const recreated = plan.phaseOf(regionId) === RegionPhase.RECREATED ? recreatedEnvironment : {};
  return [
    { name: 'LC_ALL', value: 'C.UTF-8' },
    fromField(VARIABLES.podName, 'metadata.name'),
    fromField('K8S_POD_NAME', 'metadata.name'),
    fromField(VARIABLES.namespace, 'metadata.namespace'),
    { name: VARIABLES.serviceName, value: kubernetesNames(topology.name).zeebe },
    { name: VARIABLES.regionId, value: String(regionId) },
    ...zoneOf(topology, regionId),
    { name: 'JAVA_TOOL_OPTIONS', value: options.join(' ') },
    ...documentStore(topology, regionId),
    elasticsearchPassword(),
    // Where Operate and Tasklist have pods of their own, so they have the users.
    ...(components ? [] : credentials(topology)),
    ...Object.entries(recreated).map(([name, value]) => ({ name, value })),
  ];
}

function zoneOf(topology: Topology, regionId: number): k8s.EnvVar[] {
  const { zonedCluster, zones } = planOf(topology);
  return zonedCluster ? [{ name: zonedCluster.zoneVariable, value: zones[regionId].name }] : [];
}

/**
 * Where documents are kept.
 *
 * @internal
 */
export function documentStore(topology: Topology, regionId: number): k8s.EnvVar[] {
  return Object.entries(documentVariables(topology, regionId)).map(([name, value]) => ({ name, value }));
}

/** @internal */
export function elasticsearchPassword(variable: string = VARIABLES.elasticsearchPassword): k8s.EnvVar {
  return fromSecret(variable, FIXED_NAMES.elasticsearchUserSecret, FIXED_NAMES.passwordKey);
}

/** What brokers need to know so that users can log in. */
function credentials(topology: Topology): k8s.EnvVar[] {
  if (planOf(topology).settings.users.oidc) {
    return [fromSecret(VARIABLES.oidcSecret, FIXED_NAMES.oidcSecret, FIXED_NAMES.oidcKeys.orchestration)];
  }
  return [...userPasswords(), fromSecret(VARIABLES.recoveryPassword, FIXED_NAMES.camundaUsersSecret, FIXED_NAMES.recoveryPasswordKey)];
}

/** @internal */
export function userPasswords(): k8s.EnvVar[] {
  return [
    fromSecret(VARIABLES.adminPassword, FIXED_NAMES.camundaUsersSecret, FIXED_NAMES.adminPasswordKey),
    fromSecret(VARIABLES.connectorsPassword, FIXED_NAMES.camundaUsersSecret, FIXED_NAMES.connectorsPasswordKey),
  ];
}

/** @internal */
export function fromSecret(name: string, secret: string, key: string): k8s.EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}

/** @internal */
export function fromField(name: string, fieldPath: string): k8s.EnvVar {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}
