import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { met } from '../finding';
import type { Condition, Step } from '../run/step';
import type { Sides } from '../view/members';
import { exporting, resumeExporting } from './exporting';

/**
 * A failback that stood still when its region was lost again can have left exporting paused, and its record can be lost with it. So
 * every failover looks, or sends it where nobody can look.
 *
 * @internal
 */
export function exportOn(topology: RecoveryTopology, sides: Sides): Step {
  return {
    ...resumeExporting(holdersOf(topology, sides), []),
    title: 'See that exporting is not paused',
    purpose:
      'A failback that was under way when the region was lost has paused it. Forgotten, logs grow until the disks are full. To resume what is not paused changes nothing.',
  };
}

/**
 * The same without acting.
 *
 * @internal
 */
export function exportsOn(topology: RecoveryTopology, sides: Sides): Condition {
  const condition = exporting(holdersOf(topology, sides), 'EXPORTING');
  return {
    ...condition,
    check: async (view, attempts) =>
      view.ports.broker
        ? condition.check(view, attempts)
        : met('whether exporting is paused cannot be seen from here', [
            `whether exporting is paused cannot be seen without a way to the brokers: 'GET :9600/actuator/partitions' of each shows its exporterPhase`,
          ]),
  };
}

/** A broker that holds no partition exports nothing, and whether it runs is no matter here. */
function holdersOf({ partitions }: RecoveryTopology, sides: Sides): Sides {
  const holdsAny = (brokerId: string): boolean => partitions.some(({ replicas }) => replicas.includes(brokerId));
  return {
    ...sides,
    others: sides.others.map(region => ({ ...region, brokers: region.brokers.filter(({ brokerId }) => holdsAny(brokerId)) })),
  };
}
