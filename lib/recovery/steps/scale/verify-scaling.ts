import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_CONFIGURATION, READ_EXPORTERS, READ_TOPOLOGY } from '../../calls/management-calls';
import { allOf, met, running, unknown, type Finding } from '../../finding';
import { OPERATIONS } from '../../run/changes';
import type { Step } from '../../run/step';
import type { ClusterView } from '../../view/cluster-view';
import { listText, sidesOf } from '../../view/members';
import { complete } from '../add-brokers';
import { exporterIs } from '../exporters';

/** @internal */
export function verifyScaling(topology: RecoveryTopology): Step {
  const whole = complete(topology, sidesOf(topology, 0), OPERATIONS.scaling);
  return {
    id: 'verify-scaling',
    title: 'See that the cluster has its new size',
    purpose: 'Brokers may restart once more when the new ones are ready. A partition needs three of its four replicas.',
    requires: [],
    done: {
      description: `${whole.description}; gateways see every member with its partitions, all healthy; exporters are ENABLED`,
      calls: [READ_CONFIGURATION, READ_TOPOLOGY, READ_EXPORTERS],
      check: async view => {
        const findings = [await whole.check(view, []), await membersWell(view)];
        if (findings.some(({ state }) => state !== 'met')) return allOf(findings);
        for (const { exporterId } of topology.exporters) findings.push(await exporterIs(exporterId, 'ENABLED').check(view, []));
        return allOf(findings);
      },
    },
    timeoutMs: 1_800_000,
    advice: `restart, one at a time, brokers that run and are not healthy; then 'recover resume'`,
  };
}

/** Who holds what is what the cluster says, not what is planned: a distribution that keeps both regions alike is as good. */
async function membersWell(view: ClusterView): Promise<Finding> {
  const [configuration, gateways] = await Promise.all([view.configuration(), view.seenTopology()]);
  if (!configuration.ok) return unknown(configuration.why);
  if (!gateways.ok) return unknown(gateways.why);
  const ill = configuration.value.members.filter(({ brokerId, partitions }) => {
    const shown = gateways.value.brokers.find(broker => broker.brokerId === brokerId)?.partitions;
    const healthy = shown?.filter(({ health }) => health === 'healthy').map(({ partitionId }) => partitionId) ?? [];
    return shown === undefined || healthy.length < shown.length || partitions.some(({ partitionId }) => !healthy.includes(partitionId));
  });
  const ids = ill.map(({ brokerId }) => brokerId);
  return ids.length === 0 ? met('all members are healthy') : running(`brokers ${listText(ids)} are not healthy`);
}
