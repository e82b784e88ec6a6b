import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { met, type Finding } from '../../../lib/recovery/finding';
import type { RecoveryRequest } from '../../../lib/recovery/record/progress';
import type { Interruption } from '../../../lib/recovery/run/engine';
import { RecoveryStop } from '../../../lib/recovery/stop';
import type { ClusterConfiguration } from '../../../lib/recovery/view/cluster-configuration';
import type { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { idsOf, sorted } from '../../../lib/recovery/view/members';
import { hasZones } from '../../../lib/recovery/view/zone-layout';
import { readConfiguration } from './read-configuration';

/**
 * Refuses what no call makes larger, or where it is not known for certain what a call does.
 *
 * @throws RecoveryStop with the reason
 */
export function refuseUnscalable(topology: RecoveryTopology): void {
  const { camundaVersion } = topology;
  if (CAMUNDA_VERSIONS[camundaVersion]?.supports.scaling !== true)
    throw new RecoveryStop(
      'refused',
      `Camunda ${camundaVersion} cannot add brokers or partitions to a cluster over two regions that runs`,
      'nothing was sent. Upgrade to 8.9 or newer first: docs/upgrade.md',
    );
  if (hasZones(topology))
    throw new RecoveryStop(
      'refused',
      'brokers of this deployment form zones, and it is not known for certain what a scaling of zones counts',
      'nothing was sent. A dry run by hand shows what the server makes of it: docs/scale.md',
    );
}

/**
 * The request that the cluster becomes as large as its description.
 *
 * @throws RecoveryStop where nobody says who is a member
 */
export async function scaleRequest(topology: RecoveryTopology, view: ClusterView, interruption: Interruption): Promise<RecoveryRequest> {
  let members: readonly string[] = [];
  const told = (configuration: ClusterConfiguration): Finding => {
    members = configuration.members.map(({ brokerId }) => brokerId);
    return met('they are known');
  };
  const finding = await readConfiguration(view, 'its members', told, interruption);
  if (finding.state !== 'met')
    throw new RecoveryStop(
      'unreachable',
      `nobody says who is a member of the cluster: ${finding.why}`,
      `nothing was sent. See that both regions live: 'recover status'`,
    );
  return { direction: 'scale', regionId: 0, adds: sorted(topology.regions.flatMap(idsOf)).filter(id => !members.includes(id)) };
}
