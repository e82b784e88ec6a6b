import { met, running, unknown, blocked, type Finding } from '../finding';

/**
 * What a source says of a region's brokers. That nothing can be seen of them does not mean that they are gone.
 *
 * @internal
 */
export type Sign = 'alive' | 'gone' | 'unknown';

/** @internal */
export interface Evidence {
  readonly source: 'gateways' | 'members' | 'pods' | 'Kubernetes API' | 'Elasticsearch';
  readonly sign: Sign;
  readonly text: string;
  /** No broker of another region is seen. */
  readonly onlyIt?: boolean;
  /** Nobody has answered at all. By itself that says nothing. */
  readonly silent?: boolean;
  /** When the source has answered last, in milliseconds since 1970. Left out if it never has. */
  readonly lastGoodAt?: number;
}

/**
 * Where somebody sees without the way from here what has become of a region.
 *
 * @internal
 */
export const AWS_CONSOLE = 'in the AWS console: the Health Dashboard, the nodes of its cluster in EC2';

/**
 * Whether brokers of a region may be removed by force. What gateways see is alive, whatever a person says; what nobody can see is
 * given up only by a person who knows that it is cut off. The silence of one source is no sight of a loss: that of all together is, as long
 * as each is asked by a way of its own.
 *
 * @internal
 */
export function mayBeRemoved(regionId: number, evidence: readonly Evidence[], fenced: boolean): Finding {
  const from = (source: Evidence['source']): Evidence | undefined => evidence.find(one => one.source === source);
  const gateways = from('gateways');
  if (gateways === undefined || gateways.sign === 'unknown') return unknown(gateways?.text ?? 'gateways were not asked');
  const others = evidence.filter(one => one !== gateways);
  const seenGone = others.some(({ sign }) => sign === 'gone');
  // Who says that its brokers are gone can be right although its Elasticsearch lives.
  const alive = others.find(({ source, sign }) => sign === 'alive' && !(seenGone && source === 'Elasticsearch'));
  const dark = from('Kubernetes API')?.silent === true && from('Elasticsearch')?.silent === true;
  const shown = alive === undefined && (seenGone || dark);
  const text = [gateways, ...others].map(one => one.text).join('; ');
  const why = alive?.text ?? `nothing shows that region ${regionId} is gone: ${text}`;
  if (!shown && !fenced) {
    // What gateways see is no longer unknown, even if other sources say nothing.
    const sighted = alive === undefined && gateways.sign === 'alive' ? gateways : alive;
    if (gateways.onlyIt) return blocked(sighted?.text ?? why, didYouMean(regionId));
    if (sighted !== undefined) return blocked(sighted.text, notLost(regionId));
    return blocked(why, seeElsewhere(regionId, from('Kubernetes API')?.silent === true));
  }
  if (gateways.sign === 'alive') {
    return running(`${gateways.text}: those of a lost region disappear within seconds, and what is seen is alive, also with --fenced`);
  }
  return met(text, shown ? [] : [`${why}; confirmed to be cut off by --fenced`]);
}

function didYouMean(regionId: number): string {
  return `the region that is seen is not the lost one: did you mean \`--lost region${1 - regionId}\`?`;
}

function notLost(regionId: number): string {
  return `the region is not lost. To give it up nevertheless, cut it off with 'recover fence --region region${regionId}' or by other means, and confirm that with --fenced`;
}

function seeElsewhere(regionId: number, silent: boolean): string {
  const [cause, means] = silent
    ? [
        ', and a cut on the way there looks the same as a loss',
        ` ('recover fence --region region${regionId}' from where its Kubernetes API answers, or take away its peering routes)`,
      ]
    : ['', ''];
  return `what cannot be seen may be alive${cause}. See by other means that no broker of region ${regionId} runs (${AWS_CONSOLE}), or cut it off${means}, and confirm that with --fenced`;
}

/** @internal */
export function evidenceText({ source, sign, text, lastGoodAt }: Evidence): string {
  const last = lastGoodAt === undefined ? 'has not answered' : `answered at last ${new Date(lastGoodAt).toISOString()}`;
  return `${source.padEnd(15)}${sign.padEnd(9)}${text} (${last})`;
}
