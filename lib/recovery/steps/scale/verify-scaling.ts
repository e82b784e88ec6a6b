import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_CONFIGURATION, READ_EXPORTERS, READ_TOPOLOGY } from '../../calls/management-calls';
import { allOf } from '../../finding';
import { OPERATIONS } from '../../run/changes';
import type { Step } from '../../run/step';
import { sidesOf } from '../../view/members';
import { complete } from '../add-brokers';
import { exporterIs } from '../exporters';
import { healthy } from '../health';

/** @internal */
export function verifyScaling(topology: RecoveryTopology): Step {
  const sides = sidesOf(topology, 0);
  const whole = complete(topology, sides, OPERATIONS.scaling);
  return {
    id: 'verify-scaling',
    title: 'See that the cluster has its new size',
    purpose: 'Brokers may restart once more when the new ones are ready. A partition needs three of its four replicas.',
    requires: [],
    done: {
      description: `${whole.description}; gateways see every member with its partitions, all healthy; exporters are ENABLED`,
      calls: [READ_CONFIGURATION, READ_TOPOLOGY, READ_EXPORTERS],
      check: async view => {
        const findings = [await whole.check(view, []), await healthy(view, sides)];
        if (findings.some(({ state }) => state !== 'met')) return allOf(findings);
        for (const { exporterId } of topology.exporters) findings.push(await exporterIs(exporterId, 'ENABLED').check(view, []));
        return allOf(findings);
      },
    },
    timeoutMs: 1_800_000,
    advice: `restart, one at a time, brokers that run and are not healthy; then 'recover resume'`,
  };
}
