import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { Call } from '../calls/call';
import { READ_CONFIGURATION, READ_EXPORTERS, READ_TOPOLOGY } from '../calls/management-calls';
import { readIdentity, readIndices, readNodes } from '../calls/search-calls';
import { blocked, met, unread, type Finding } from '../finding';
import { mayHaveActed } from '../record/progress';
import type { Condition, Step } from '../run/step';
import type { ClusterReadings } from '../view/cluster-readings';
import type { ClusterView } from '../view/cluster-view';
import { compare } from '../view/comparison';
import { coordinatorIsIn, idsOf, sidesOf } from '../view/members';
import { searchIdentity } from '../view/search-identity';
import type { Stage } from '../view/stage';

/**
 * Whether the system is the one that is described. Checked before anything is sent, in a new run and in a resumed one.
 *
 * @param withSearch whether Elasticsearch is asked too
 *
 * @internal
 */
export function describedCluster(
  topology: RecoveryTopology,
  kind: Stage['kind'],
  affected?: number,
  partly = false,
  withSearch = kind !== 'failover',
): Step {
  return {
    id: 'description',
    title: 'See that the description is that of this cluster',
    purpose:
      'Ids of brokers, partitions and exporters come from the description, and a wrong one removes the wrong half. It must say what the system says of itself: ' +
      `${topology.regions.flatMap(idsOf).length} brokers, ${topology.partitions.length} partitions, replication factor ${topology.replicationFactor} ` +
      `(half of brokers and replicas while one region works alone), Camunda ${topology.camundaVersion}.`,
    isPrecheck: true,
    requires: [],
    done: isDescribed(topology, kind, affected, partly, withSearch),
    timeoutMs: 60_000,
    advice:
      'nothing was sent: see that a gateway of the surviving region runs and that its REST API (:8080) can be reached (its pods are ready, tunnels are open), and give the ' +
      'same command again',
  };
}

/** @internal */
export function isDescribed(
  topology: RecoveryTopology,
  kind: Stage['kind'],
  affected?: number,
  partly = false,
  withSearch = kind !== 'failover',
): Condition {
  const configured = kind !== 'failover' || affected === undefined || !coordinatorIsIn(sidesOf(topology, affected));
  const searched = withSearch ? topology.regions.map(({ regionId }) => regionId) : [];
  return {
    description:
      'the system has the brokers, partitions, replicas, exporters and the version of the description, and each Elasticsearch is that of its region',
    calls: [
      READ_TOPOLOGY,
      ...(configured ? [READ_CONFIGURATION, READ_EXPORTERS] : []),
      ...searched.flatMap((regionId): Call[] => [readIdentity(regionId), readNodes(regionId), readIndices(regionId)]),
    ],
    check: async (view, attempts) => {
      const readings = await readingsOf(view, configured, searched);
      if (!readings.gateways.ok) return unread(readings.gateways);
      return descriptionFinding(topology, readings, {
        kind,
        ...(affected === undefined ? {} : { affected }),
        changing: partly || mayHaveActed(attempts),
      });
    },
  };
}

/** All at once: what cannot answer makes nothing else wait. */
async function readingsOf(view: ClusterView, configured: boolean, searched: readonly number[]): Promise<ClusterReadings> {
  const [gateways, configuration, exporters, ...search] = await Promise.all([
    view.seenTopology(),
    configured ? view.configuration() : undefined,
    configured ? view.exporters() : undefined,
    ...searched.map(regionId => searchIdentity(view, regionId)),
  ]);
  return { gateways, search, ...(configuration ? { configuration } : {}), ...(exporters ? { exporters } : {}) };
}

/**
 * Whether what was seen is what is described.
 *
 * @internal
 */
export function descriptionFinding(topology: RecoveryTopology, readings: ClusterReadings, stage: Stage): Finding {
  const { differences, warnings } = compare(topology, readings, stage);
  if (differences.length === 0) return met('the system is the one that is described', warnings);
  return blocked(
    `the system is not the one that is described: ${differences.join('; ')}`,
    `nothing was sent. See that each address and option names what is meant, and that the description is the one that was deployed last: ` +
      `'camunda-dual-region manifests' renders it anew from the configuration. Where a larger cluster was deployed and not scaled yet: docs/scale.md`,
  );
}
