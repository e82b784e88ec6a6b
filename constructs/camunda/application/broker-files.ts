import { Yaml } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import { planOf } from '../../topology/plan-of';
import type { Topology } from '../../topology/topology';
import { DNS_GATE_SCRIPT } from '../pod/dns-gate';
import { startupScript } from '../pod/startup-script';
import { applicationConfig } from './application-config';

/** Keys of the ConfigMap, which are the names of the files too. */
export const CONFIG_FILES = { application: 'application.yaml', startup: 'startup.sh', dnsGate: 'dns-gate.sh' } as const;

export const CONFIG_VOLUME = 'config';
export const SCRIPTS_FOLDER = '/usr/local/bin';
/** Executable for the group, which is the pod's file system group. */
export const CONFIG_MODE = 0o754;

/**
 * The files of the brokers, by name.
 *
 * @internal
 */
export function brokerFiles(topology: Topology): { [name: string]: string } {
  const plan = planOf(topology);
  return {
    [CONFIG_FILES.application]: Yaml.stringify(applicationConfig(topology)),
    [CONFIG_FILES.startup]: startupScript(plan.version.orchestration, topology.regions.length, plan.zonedCluster !== undefined),
    [CONFIG_FILES.dnsGate]: DNS_GATE_SCRIPT,
  };
}

/** @internal */
export function configMount(key: string, mountPath: string): k8s.VolumeMount {
  return { name: CONFIG_VOLUME, mountPath, subPath: key };
}
