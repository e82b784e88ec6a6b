import { readHealth, searchHealth } from '../calls/search-calls';
import { met, running, type Finding } from '../finding';
import type { Condition } from '../run/step';
import type { ClusterView } from '../view/cluster-view';
import { bothRegionsLive } from './both-regions';
import type { Copy } from './snapshot';

/** How long an Elasticsearch may be silent. One that is replaced is back sooner. */
const PATIENCE_MS = 600_000;
/** How long an answer counts: looks follow each other quickly. */
const FRESH_MS = 10_000;
/** Long enough for a server that lives. */
const TIMEOUT_MS = 5_000;

/**
 * What must stay so while data is copied: both regions are there, and so is the Elasticsearch of each. Exporting stands still all the while, and
 * logs grow.
 *
 * @internal
 */
export function bothSearchesLive({ sides, from, to }: Copy): Condition {
  const regions = bothRegionsLive(sides);
  return {
    description: `${regions.description}, and Elasticsearch of both answers`,
    calls: [...regions.calls, readHealth(from), readHealth(to)],
    check: async view => {
      const [seen, source, target] = await Promise.all([regions.check(view, []), silence(view, from), silence(view, to)]);
      if (seen.state !== 'met') return seen;
      if (source !== undefined) return gone(source, sourceAdvice(from, to));
      return target === undefined
        ? met(`${seen.why}, and Elasticsearch of both answers`)
        : { ...gone(target, targetAdvice(to)), givesUp: true };
    },
  };
}

/** Why an Elasticsearch is not there, if it is not. */
async function silence(view: ClusterView, regionId: number): Promise<string | undefined> {
  const { lastGood, ports } = view;
  const key = `Elasticsearch ${regionId}`;
  const last = lastGood.get(key);
  if (last !== undefined && Math.abs(ports.clock.now() - last) < FRESH_MS) return undefined;
  const reading = await view.read(readHealth(regionId), searchHealth, TIMEOUT_MS);
  if (reading.ok) lastGood.set(key, ports.clock.now());
  return reading.ok ? undefined : `Elasticsearch of region ${regionId} is away: ${reading.why}`;
}

const gone = (why: string, advice: string): Finding => ({ ...running(why), advice, patienceMs: PATIENCE_MS });

function sourceAdvice(from: number, to: number): string {
  return (
    `Elasticsearch of region ${from} holds the only copy of what was exported: bring it back, then 'recover resume'. Exporting stays paused, and could not go on without it: ` +
    `watch the brokers' disks. Do not fail over to region ${to}, which has not everything`
  );
}

function targetAdvice(to: number): string {
  const region = `region${to}`;
  return (
    `bring Elasticsearch of region ${to} back, empty, then 'recover failback --recreated ${region} --abandon' begins anew. If its exporter is enabled already, nothing is ` +
    `exported in the meantime: 'recover fence --region ${region}' and 'recover failover --lost ${region} --fenced --abandon' make the other region work alone`
  );
}
