import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { RecoveryStop } from '../../../lib/recovery/stop';
import {
  changeText,
  healthUrl,
  ledTo,
  refuseUnlessAnswered,
  switchArguments,
  switchCommand,
  trafficPlace,
  type LoadBalancerAnswer,
  type TrafficChange,
  type TrafficPlace,
} from '../../../lib/recovery/traffic/traffic-change';
import { regionNumber } from '../arguments';
import { EXIT, UsageError } from '../exit-code';
import { confirm } from '../terminal/confirmation';
import { print } from '../terminal/wrapped';
import { OUTSIDE, type Outside } from './outside';

/** Options of the command. */
export interface TrafficOptions {
  readonly off?: string;
  readonly on?: string;
  readonly otherLives?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Where the DNS leads to now. */
export async function ledNow(place: TrafficPlace, outside: Outside = OUTSIDE): Promise<string> {
  const [common, ...ofRegions] = await Promise.all([place.hostName, ...place.regionNames].map(name => outside.addresses(name)));
  return ledTo(place, common, ofRegions);
}

/**
 * Takes a region out of the DNS, or brings it back. It touches neither the region nor the engine. Gives the exit code, or undefined
 * where it was not confirmed.
 */
export async function changeTraffic(
  topology: RecoveryTopology,
  options: TrafficOptions,
  interrupted: AbortSignal,
  outside: Outside = OUTSIDE,
): Promise<number | undefined> {
  const change = changeOf(options, topology.regions.length);
  const place = trafficPlace(topology);
  const [now, answer] = await Promise.all([ledNow(place, outside), answerOf(place, change, outside)]);
  refuseUnlessAnswered(place, change, answer, options.otherLives);
  const command = switchCommand(topology, change);
  if (options.dryRun) {
    tell(options, change, { command, dns: now, sent: false }, [`${now}.`, 'It would send:', `  ${command}`]);
    return EXIT.done;
  }
  if (
    !options.yes &&
    !(await confirm(changeText(topology, place, change), seen(place, change, now, answer), change.regionId, interrupted))
  ) {
    return undefined;
  }
  const failure = await outside.aws(switchArguments(topology, change));
  if (failure !== undefined) {
    throw new RecoveryStop(
      'unreachable',
      `it could not be sent: ${failure}`,
      `send it from where AWS can be reached, as often as you like: ${command}`,
    );
  }
  const state = change.isOff ? 'off' : 'on';
  tell(options, change, { command, dns: now, sent: true }, [
    `sent: the traffic of region${change.regionId} is ${state}.`,
    `The DNS follows within three minutes: 'dig +short ${place.hostName}', or 'recover status'.`,
    ...(change.isOff ? [] : ['If it was taken out in this very minute, send it again in the next one: of one minute, off counts.']),
  ]);
  return EXIT.done;
}

function changeOf({ off, on }: TrafficOptions, regions: number): TrafficChange {
  const named = off ?? on;
  if (named === undefined || (off !== undefined && on !== undefined)) throw new UsageError('name one of --off <region> and --on <region>');
  return { regionId: regionNumber(named, regions), isOff: off !== undefined };
}

/** The region that is left has to answer; that one comes back when its own health checks say so. */
function answerOf(place: TrafficPlace, { regionId, isOff }: TrafficChange, outside: Outside): Promise<LoadBalancerAnswer> {
  return outside.answers(healthUrl(place, isOff ? 1 - regionId : regionId));
}

function seen(place: TrafficPlace, { regionId, isOff }: TrafficChange, now: string, answer: LoadBalancerAnswer): string[] {
  const asked = isOff ? 1 - regionId : regionId;
  return [now, `${place.regionNames[asked]} ${answer.ok ? 'answers' : `does not answer: ${answer.why}`}`];
}

interface Told {
  readonly command: string;
  readonly dns: string;
  readonly sent: boolean;
}

function tell({ json }: TrafficOptions, { regionId, isOff }: TrafficChange, told: Told, lines: readonly string[]): void {
  if (json) {
    const { command, dns, sent } = told;
    process.stdout.write(
      `${JSON.stringify({ kind: 'traffic', region: `region${regionId}`, traffic: isOff ? 'off' : 'on', sent, command, dns })}\n`,
    );
  } else lines.forEach(line => print(process.stdout, line, '  '));
}
