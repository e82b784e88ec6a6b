import { readConfiguration } from '../../../../bin/config/read-configuration';
import { FIXED_NAMES } from '../../../../constructs/topology/plan/names';
import { recoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { recoveryTopologyText } from '../../../../constructs/topology/plan/recovery/recovery-topology-document';
import { Topology } from '../../../../constructs/topology/topology';
import { kubectl } from '../kubectl';
import { bothRegions, changedConfiguration, namespaceOf } from '../life';

/** Has both regions describe a cluster of another size while something is done: somebody deployed a change that never reached the brokers. */
export async function describedWithBrokers<T>(clusterSize: number, action: () => Promise<T>): Promise<T> {
  const file = changedConfiguration('described-otherwise', settings => ({ ...settings, camunda: { ...settings.camunda, clusterSize } }));
  const wrong = recoveryTopologyText(recoveryTopology(Topology.of(readConfiguration(file).settings)));
  const right = await bothRegions(readDescription);
  await bothRegions(regionId => writeDescription(regionId, wrong));
  try {
    return await action();
  } finally {
    await bothRegions(regionId => writeDescription(regionId, right[regionId]));
  }
}

function readDescription(regionId: number): Promise<string> {
  const path = `{.data.${FIXED_NAMES.recoveryTopologyKey.replace('.', '\\.')}}`;
  return kubectl(regionId, ...configMap(regionId, 'get'), '--output', `jsonpath=${path}`);
}

async function writeDescription(regionId: number, text: string): Promise<void> {
  const patch = JSON.stringify({ data: { [FIXED_NAMES.recoveryTopologyKey]: text } });
  await kubectl(regionId, ...configMap(regionId, 'patch'), '--type', 'merge', '--patch', patch);
}

function configMap(regionId: number, verb: string): string[] {
  return ['--namespace', namespaceOf(regionId), verb, 'configmap', FIXED_NAMES.recoveryTopology];
}
