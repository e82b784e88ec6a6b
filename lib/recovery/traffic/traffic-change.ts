import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { HEALTH_PATH } from '../../../constructs/topology/plan/traffic/load-balancer-targets';
import { OFF_METRIC, trafficNames } from '../../../constructs/topology/plan/traffic/traffic-names';
import { RecoveryStop } from '../stop';

/** A region that gets no users any more, or gets them again. */
export interface TrafficChange {
  readonly regionId: number;
  readonly isOff: boolean;
}

/** Whether a region answers, or why not. */
export type LoadBalancerAnswer = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** The load balancers of a deployment, by their names. */
export interface TrafficPlace {
  readonly hostName: string;
  /** Names of one region alone, by region. */
  readonly regionNames: readonly string[];
}

/**
 * How users reach a deployment.
 *
 * @throws RecoveryStop where it has no load balancers
 */
export function trafficPlace({ name, traffic, regions }: RecoveryTopology): TrafficPlace {
  if (traffic === undefined) {
    throw new RecoveryStop(
      'refused',
      'this deployment has no load balancers: its configuration does not have traffic',
      'move users where your own load balancers and names are, or set traffic and deploy it, as docs/traffic.md says',
    );
  }
  const { hostName } = traffic;
  return { hostName, regionNames: regions.map(({ regionId }) => trafficNames({ name }, hostName, regionId).hostName) };
}

/** What answers without the engine, at a region's own name. */
export function healthUrl({ regionNames }: TrafficPlace, regionId: number): string {
  return `https://${regionNames[regionId]}${HEALTH_PATH}`;
}

/**
 * What is sent, as arguments of the command line of AWS. It goes to the OTHER region: the one of the change may be lost.
 */
export function switchArguments({ name, regions }: RecoveryTopology, { regionId, isOff }: TrafficChange): string[] {
  return [
    ...['cloudwatch', 'put-metric-data', '--region', regions[1 - regionId].awsRegion],
    ...['--namespace', OFF_METRIC.namespace, '--metric-name', OFF_METRIC.name],
    ...['--dimensions', `${OFF_METRIC.deployment}=${name},${OFF_METRIC.region}=${regionId}`, '--value', isOff ? '1' : '0'],
  ];
}

/** The same for people. */
export function switchCommand(topology: RecoveryTopology, change: TrafficChange): string {
  return `aws ${switchArguments(topology, change).join(' ')}`;
}

/** What a change does, for the operator who has to confirm it. */
export function changeText({ regions }: RecoveryTopology, { hostName }: TrafficPlace, { regionId, isOff }: TrafficChange): string {
  const place = `region${regionId} (${regions[regionId].awsRegion})`;
  const peer = regions[1 - regionId];
  return [
    isOff ? `Takes ${place} out of ${hostName}.` : `Lets ${hostName} lead to ${place} again.`,
    isOff
      ? `  users      are led to region${peer.regionId} (${peer.awsRegion}), within three minutes, and log in again`
      : `  users      are led there if it is the active region, or with a share of them, within three minutes`,
    `  sent to    CloudWatch of ${peer.awsRegion}; what was sent last holds`,
    `  the engine is not touched`,
  ].join('\n');
}

/**
 * Refuses to lead users where nobody answers. Route 53 would then answer as if all were well.
 *
 * @param otherLives whether somebody says that it does, where it cannot be asked from here
 */
export function refuseUnlessAnswered(
  place: TrafficPlace,
  { regionId, isOff }: TrafficChange,
  answer: LoadBalancerAnswer,
  otherLives = false,
): void {
  if (!isOff || answer.ok || otherLives) return;
  const other = 1 - regionId;
  throw new RecoveryStop(
    'refused',
    `region${other} does not answer: ${healthUrl(place, other)}: ${answer.why}`,
    `nothing was sent: users would be led where nobody answers. --other-lives confirms that it lives, where it cannot be asked from here`,
  );
}

/** Addresses of a name, or why there are none. */
export type Addresses = readonly string[] | string;

/** Where the name of both regions leads, by the addresses of all names. */
export function ledTo({ hostName, regionNames }: TrafficPlace, common: Addresses, ofRegions: readonly Addresses[]): string {
  if (typeof common === 'string') return `${hostName}: ${common}`;
  const led = regionNames.flatMap((_, regionId) => {
    const own = ofRegions[regionId];
    return typeof own !== 'string' && own.some(address => common.includes(address)) ? [`region${regionId}`] : [];
  });
  if (led.length > 0) return `${hostName} leads to ${led.join(' and ')}`;
  const unknown = ofRegions.flatMap((own, regionId) => (typeof own === 'string' ? [`${regionNames[regionId]}: ${own}`] : []));
  return `${hostName} leads to neither region${unknown.length > 0 ? ` that is known (${unknown.join('; ')})` : ''}`;
}
