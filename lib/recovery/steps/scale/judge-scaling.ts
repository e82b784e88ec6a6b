import type { RecoveryTopology } from '../../../../constructs/topology/plan/recovery/recovery-topology';
import { READ_CONFIGURATION, READ_EXPORTERS, READ_TOPOLOGY } from '../../calls/management-calls';
import { allOf, blocked, met, running, unknown, type Finding } from '../../finding';
import { changeFinding, OPERATIONS } from '../../run/changes';
import type { Step } from '../../run/step';
import type { ClusterView } from '../../view/cluster-view';
import { growthOf } from '../../view/growth';
import { idsOf, listText, sidesOf, sorted } from '../../view/members';
import { complete } from '../add-brokers';
import { exporterIs } from '../exporters';
import { brokerPodsLook } from '../kubernetes-looks';
import { growthText } from './scaled';

/**
 * Whether a scaling may begin: both regions are whole as a smaller cluster, and all new brokers run.
 *
 * @internal
 */
export function judgeScaling(topology: RecoveryTopology): Step {
  const ids = sorted(topology.regions.flatMap(idsOf));
  return {
    id: 'judge-scaling',
    title: 'See that the cluster can become larger',
    purpose:
      'A scaling is for two regions that are whole. It moves replicas, and nothing else can change the cluster meanwhile, no failover either.',
    isPrecheck: true,
    requires: [],
    done: {
      description: `no region is being recreated; gateways see brokers ${listText(ids)}, all partitions healthy; members are the first of them, as many in each region, with all replicas; exporters are ENABLED; no change is pending`,
      calls: [...topology.regions.map(brokerPodsLook), READ_CONFIGURATION, READ_TOPOLOGY, READ_EXPORTERS],
      check: async view => {
        const findings = await Promise.all(topology.regions.map(({ regionId }) => regionRuns(view, regionId)));
        findings.push(await sizeFinding(view, topology), await allSeen(view, ids));
        // A scaling that is pending is waited for, and is no change of exporters.
        if (findings.some(({ state }) => state !== 'met')) return allOf(findings);
        for (const { exporterId } of topology.exporters) findings.push(await exporterIs(exporterId, 'ENABLED').check(view, []));
        return allOf(findings);
      },
    },
    timeoutMs: 60_000,
    advice: `nothing was sent. See with 'recover verify' what is missing, and with 'recover status' what goes on: docs/scale.md`,
  };
}

/** New brokers may not be ready before they are members: that they run is enough. */
async function regionRuns(view: ClusterView, regionId: number): Promise<Finding> {
  const facts = await view.kubernetes(regionId);
  if (!facts) return unknown(`the Kubernetes API of region ${regionId} does not answer`);
  if (facts.refused !== undefined) return unknown(`the Kubernetes API of region ${regionId} cannot be read: ${facts.refused}`);
  if (facts.recreatedRegion !== undefined)
    return blocked(
      `what is deployed in region ${regionId} declares region ${facts.recreatedRegion} as recreated`,
      'nothing was sent: finish the failback first, and deploy both regions without a recreated one',
    );
  const away = (facts.brokerPods ?? []).filter(({ running: runs }) => !runs).map(({ name }) => name);
  return away.length === 0 ? met(`brokers of region ${regionId} run`) : running(`in region ${regionId}, ${listText(away)} do not run`);
}

async function sizeFinding(view: ClusterView, topology: RecoveryTopology): Promise<Finding> {
  const reading = await view.configuration();
  if (!reading.ok) return unknown(reading.why);
  const change = changeFinding(reading.value, [], OPERATIONS.scaling);
  if (change) return change;
  const growth = growthOf(topology, reading.value, false);
  if (growth) return met(growthText(growth, growth.brokers));
  const whole = await complete(topology, sidesOf(topology, 0)).check(view, []);
  if (whole.state === 'met') return whole;
  const members = sorted(reading.value.members.map(({ brokerId }) => brokerId));
  return blocked(
    `the cluster is no smaller one of the kind that is described: ${whole.why}; members are ${listText(members)}`,
    `nothing was sent. A scaling begins with as many members in each region, and all replicas of each partition. Where one was cancelled half way, 'recover resume --send-again' goes on with it; else see docs/scale.md`,
  );
}

async function allSeen(view: ClusterView, ids: readonly string[]): Promise<Finding> {
  const reading = await view.seenTopology();
  if (!reading.ok) return unknown(reading.why);
  const { brokers } = reading.value;
  const missing = ids.filter(id => !brokers.some(({ brokerId }) => brokerId === id));
  if (missing.length > 0) return running(`gateways do not see brokers ${listText(missing)}`);
  const ill = brokers.filter(({ partitions }) => partitions.some(({ health }) => health !== 'healthy')).map(({ brokerId }) => brokerId);
  return ill.length === 0 ? met(`gateways see brokers ${listText(ids)}`) : running(`brokers ${listText(ill)} are not healthy`);
}
