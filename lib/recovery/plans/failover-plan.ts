import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { RecoveryRequest } from '../record/progress';
import type { Plan } from '../run/step';
import { describedCluster } from '../steps/described-cluster';
import { disableExporter } from '../steps/exporters';
import { exportOn } from '../steps/exports-on';
import { cancelChange } from '../steps/loss/cancel-change';
import { judgeLoss } from '../steps/loss-conditions';
import { brokersRemoved, removeBrokers } from '../steps/remove-brokers';
import { lossHolds } from '../steps/still-lost';
import { verifyFailover } from '../steps/verify/verify-failover';
import { trafficHint } from '../traffic/traffic-hint';
import { sidesOf } from '../view/members';

/** @internal */
export type FailoverOptions = Pick<RecoveryRequest, 'fenced' | 'cancels' | 'partly'>;

/**
 * What makes the other region work alone, when one is lost. Brokers go before exporters: a change of exporters would wait for
 * lost ones.
 *
 * @see Camunda 8 docs, dual-region operational procedure: failover
 *
 * @internal
 */
export function failoverPlan(topology: RecoveryTopology, lostRegion: number, options: FailoverOptions = {}): Plan {
  const { fenced = false, cancels } = options;
  const sides = sidesOf(topology, lostRegion);
  const [own, further] = [topology.exporters, topology.furtherExporters ?? []].map(exporters =>
    exporters.filter(({ regionId }) => regionId === lostRegion),
  );
  const removed = brokersRemoved(sides);
  return {
    title: `Failover: region ${lostRegion} (${sides.affected.awsRegion}) is lost`,
    described: describedCluster(topology, 'failover', lostRegion, options.partly),
    steps: [
      judgeLoss(topology, sides, fenced, cancels),
      ...(cancels === undefined ? [] : [cancelChange(cancels, lossHolds(sides, fenced))]),
      removeBrokers(topology, sides, fenced),
      ...own.map(({ exporterId }) => disableExporter(exporterId, removed, sides)),
      ...further.map(({ exporterId }) => disableExporter(exporterId, removed, sides, false)),
      exportOn(topology, sides),
      verifyFailover(topology, sides),
    ],
    afterwards: [
      `route user traffic to region ${sides.others[0].regionId} (${sides.others[0].awsRegion}), if it went to the lost region`,
      ...trafficHint(topology, lostRegion, '--off', 'so that it gets no users when it comes back, before its data is whole'),
      `keep region ${lostRegion} cut off: its old brokers must never meet the cluster again, and their volumes must be gone before it is recreated`,
      'deploy nothing that restarts brokers without need: each partition has two replicas and needs both',
    ],
  };
}
