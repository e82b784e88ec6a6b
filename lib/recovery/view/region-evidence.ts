import type { Reading } from '../calls/readings';
import { readHealth } from '../calls/search-calls';
import type { RegionFacts } from '../ports';
import { holdersAmong, type ClusterTopology } from './cluster-topology';
import type { ClusterView } from './cluster-view';
import type { Evidence } from './evidence';
import { coordinatorIsIn, listText, type Sides } from './members';

/** Long enough for a server that lives. */
const SEARCH_TIMEOUT_MS = 5_000;

/**
 * What each source says of the brokers of the affected region, seen from the other one. They are asked side by side: what is lost may
 * hang.
 *
 * @param withSearch whether Elasticsearch is asked in any case. Otherwise it is where it can decide: a login that it refuses would
 *   stand in the way of what needs nothing of it
 *
 * @internal
 */
export async function evidenceOf(view: ClusterView, sides: Sides, seen = view.seenTopology(), withSearch = false): Promise<Evidence[]> {
  const [region, members] = await Promise.all([
    regionSays(view, sides, seen, withSearch),
    // While its coordinator is lost, the configuration cannot be read, and asking for it takes ten seconds.
    coordinatorIsIn(sides) ? [] : membersSay(view, sides),
  ]);
  return [region[0], ...remembered(view, sides, members), ...region.slice(1)];
}

/**
 * The same without the members, who may be dead or alive: as little as it takes to judge.
 *
 * @internal
 */
export async function regionSays(view: ClusterView, sides: Sides, seen = view.seenTopology(), withSearch = false): Promise<Evidence[]> {
  const facts = view.kubernetes(sides.affected.regionId);
  const found = await Promise.all([
    gatewaysSay(view, sides, seen),
    kubernetesSays(view, sides, facts),
    (async () => searchSays(view, sides, (await facts) === undefined, withSearch))(),
  ]);
  return remembered(view, sides, found.flat());
}

/** A source that says nothing now may have done so a minute ago. */
function remembered({ lastGood }: ClusterView, { affected: { regionId } }: Sides, evidence: readonly Evidence[]): Evidence[] {
  // Who has told of pods is the Kubernetes API.
  const keyOf = (source: Evidence['source']): string => `${source === 'pods' ? 'Kubernetes API' : source} ${regionId}`;
  return evidence.map(one => {
    const key = keyOf(one.source);
    if (one.lastGoodAt !== undefined) lastGood.set(key, one.lastGoodAt);
    const lastGoodAt = lastGood.get(key);
    return lastGoodAt === undefined ? one : { ...one, lastGoodAt };
  });
}

async function gatewaysSay(
  view: ClusterView,
  { affected, affectedIds, otherIds }: Sides,
  seen: Promise<Reading<ClusterTopology>>,
): Promise<Evidence[]> {
  const reading = await seen;
  if (!reading.ok) return [{ source: 'gateways', sign: 'unknown', text: reading.why }];
  const ids = reading.value.brokers.map(({ brokerId }) => brokerId);
  const alive = affectedIds.filter(id => ids.includes(id));
  const lastGoodAt = view.ports.clock.now();
  if (alive.length > 0) {
    return [
      {
        source: 'gateways',
        sign: 'alive',
        ...(otherIds.some(id => ids.includes(id)) ? {} : { onlyIt: true }),
        text: `gateways still see brokers ${listText(alive)} of region ${affected.regionId}`,
        lastGoodAt,
      },
    ];
  }
  const text = `gateways see ${listText(ids)}`;
  // A gateway that sees nobody has not found its cluster yet.
  const sign = holdersAmong(reading.value, otherIds).length > 0 ? 'gone' : 'unknown';
  return [
    {
      source: 'gateways',
      sign,
      text: sign === 'gone' ? text : `no broker of the other region that holds a partition is seen: ${text}`,
      lastGoodAt,
    },
  ];
}

async function membersSay(view: ClusterView, { affectedIds }: Sides): Promise<Evidence[]> {
  const reading = await view.configuration();
  if (!reading.ok) return [{ source: 'members', sign: 'unknown', text: reading.why }];
  const left = affectedIds.filter(id => reading.value.members.some(({ brokerId }) => brokerId === id));
  const lastGoodAt = view.ports.clock.now();
  return left.length === 0
    ? [{ source: 'members', sign: 'gone', text: 'its brokers are no members any more', lastGoodAt }]
    : [{ source: 'members', sign: 'unknown', text: `brokers ${listText(left)} are members, alive or not`, lastGoodAt }];
}

async function kubernetesSays(
  view: ClusterView,
  { affected: { regionId } }: Sides,
  asked: Promise<RegionFacts | undefined>,
): Promise<Evidence[]> {
  const facts = await asked;
  const lastGoodAt = view.ports.clock.now();
  const api = `the Kubernetes API of region ${regionId}`;
  if (!facts) return [{ source: 'Kubernetes API', sign: 'unknown', silent: true, text: `${api} does not answer` }];
  if (facts.refused !== undefined) {
    return [{ source: 'Kubernetes API', sign: 'unknown', text: `${api} cannot be read: ${facts.refused}` }];
  }
  return [{ source: 'pods', ...podsSay(regionId, facts), ...(facts.brokerPods === undefined ? {} : { lastGoodAt }) }];
}

function podsSay(regionId: number, { brokerPods }: RegionFacts): Pick<Evidence, 'sign' | 'text'> {
  if (brokerPods === undefined) return { sign: 'unknown', text: `pods of region ${regionId} cannot be seen from here` };
  const alive = brokerPods.filter(pod => pod.running).map(pod => pod.name);
  return alive.length === 0
    ? { sign: 'gone', text: `no broker runs in region ${regionId}` }
    : { sign: 'alive', text: `brokers of region ${regionId} are running: ${listText(alive)}` };
}

/**
 * That Elasticsearch answers says that something of the region lives; that it does not says nothing of brokers, and nothing at all behind an
 * API that is silent itself.
 *
 * @param dark whether the Kubernetes API of the region is silent
 */
async function searchSays(view: ClusterView, { affected: { regionId } }: Sides, dark: boolean, inAnyCase: boolean): Promise<Evidence[]> {
  if (!dark && !inAnyCase) return [];
  const source = 'Elasticsearch';
  if (dark && view.ports.searchThroughKubernetes) {
    return [
      { source, sign: 'unknown', text: `Elasticsearch of region ${regionId} is reached through that API alone, and cannot be asked` },
    ];
  }
  if (!view.reachesSearch(regionId)) return [{ source, sign: 'unknown', text: `Elasticsearch of region ${regionId} has no address here` }];
  const reading = await view.read(readHealth(regionId), value => value, SEARCH_TIMEOUT_MS);
  const lastGoodAt = view.ports.clock.now();
  return reading.ok || !reading.silent
    ? [{ source, sign: 'alive', text: `Elasticsearch of region ${regionId} answers`, lastGoodAt }]
    : [{ source, sign: 'unknown', silent: true, text: `Elasticsearch of region ${regionId} does not answer` }];
}
