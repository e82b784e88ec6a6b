import { cidrContains, cidrsOverlap, parseCidr, type Cidr } from '../plan/cidr';
import { PORTS } from '../plan/flows/flows';
import { ONE_END, PARTIES_OF_FLOWS } from '../settings/extra-flows';
import type { RegionSettings } from '../settings/regions';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping } from '../settings/rows/value-kinds';
import { CAMUNDA_VERSIONS } from '../versions/camunda-versions';
import { listOf } from './existing-range-rules';
import { errorOf, type Problem } from './judging/problem';

const ENDS = ['source', 'target'] as const;
const KINDS = ['party', 'namespace', 'cidr'] as const;

type Values = Readonly<Record<string, unknown>>;

/**
 * What extra flows must be together, and with the version and the ranges.
 *
 * @internal
 */
export function extraFlowProblems(settings: ResolvedSettings): Problem[] {
  const flows: unknown = settings.extraFlows;
  if (!Array.isArray(flows)) return [];
  return flows.flatMap((flow: unknown, i) => {
    if (!isMapping(flow)) return [];
    const at = `extraFlows[${i}]`;
    const ends = ENDS.flatMap(end => endProblems(`${at}.${end}`, flow[end], settings.camunda.version));
    return ends.length > 0 ? ends : togetherProblems(at, flow, settings);
  });
}

function endProblems(setting: string, end: unknown, version: unknown): Problem[] {
  if (end !== undefined && !isMapping(end)) return [];
  const values: Values = end ?? {};
  if (KINDS.filter(kind => values[kind] !== undefined).length !== 1) return [errorOf({ ...ONE_END, setting, value: end })];
  return values.party === undefined ? [] : partyProblems(`${setting}.party`, values.party, version);
}

/** Quiet while the version is wrong, or the party is none of any version: those have messages of their own. */
function partyProblems(setting: string, party: unknown, version: unknown): Problem[] {
  const known = typeof version === 'string' && Object.hasOwn(CAMUNDA_VERSIONS, version) ? CAMUNDA_VERSIONS[version] : undefined;
  if (!known || !PARTIES_OF_FLOWS.some(one => one === party)) return [];
  const there = PARTIES_OF_FLOWS.filter(one => known.flows.some(({ source, target }) => source === one || target === one));
  if (there.some(one => one === party)) return [];
  return [problem(setting, party, `must be a part of Camunda ${String(version)}`, `choose one of ${there.join(', ')}`)];
}

function togetherProblems(at: string, flow: Values, { regions }: ResolvedSettings): Problem[] {
  if (!isMapping(flow.source) || !isMapping(flow.target)) return [];
  const { source, target } = flow;
  if ((source.party === undefined) === (target.party === undefined)) {
    return [problem(at, flow, 'must have Camunda at exactly one end', "give 'party' to one end, and 'namespace' or 'cidr' to the other")];
  }
  if (flow.crossRegion === true && (target.party === undefined || source.namespace === undefined || flow.regionId !== undefined)) {
    return [problem(`${at}.crossRegion`, true, 'must be from a namespace to Camunda, in both regions', 'leave it out')];
  }
  const isTarget = target.cidr !== undefined;
  const cidr = parseCidr(isTarget ? target.cidr : source.cidr);
  const opened = managementProblems(at, flow, flow.crossRegion === true || source.cidr !== undefined);
  if (!cidr || opened.length > 0) return opened;
  const concerned = [0, 1].filter(regionId => flow.regionId === undefined || flow.regionId === regionId);
  const refused = new Set(
    concerned
      .flatMap(regionId => [...rangesOf(regions[1 - regionId]), ...regions.map(region => region?.serviceCidr)])
      .filter(text => meets(cidr, parseCidr(text), isTarget)),
  );
  const setting = `${at}.${isTarget ? 'target' : 'source'}.cidr`;
  return [...refused].map(text =>
    problem(
      setting,
      isTarget ? target.cidr : source.cidr,
      `must not reach into ${String(text)}`,
      "leave the other region's VPC and all Services out, or name the 'regionId' in whose VPC the range is",
    ),
  );
}

function rangesOf(region: RegionSettings | undefined): readonly unknown[] {
  return [region?.vpcCidr, ...listOf(region?.existingVpc?.otherCidrs)];
}

/** The management API removes brokers, and asks for no password. */
function managementProblems(at: string, { port, target }: Values, toMany: boolean): Problem[] {
  if (port !== PORTS.management || !toMany || !isMapping(target) || target.party === undefined) return [];
  return [
    problem(
      `${at}.port`,
      port,
      'must not be that of the management API for a range or for the other region, because it asks for no password',
      "admit a namespace within each region: leave 'crossRegion' out, and name no range",
    ),
  ];
}

/** A target may hold a range of ours as a whole: that is left out of it. */
function meets(cidr: Cidr, own: Cidr | undefined, isTarget: boolean): boolean {
  return own !== undefined && cidrsOverlap(cidr, own) && !(isTarget && cidrContains(cidr, own));
}

function problem(setting: string, value: unknown, requirement: string, fix: string): Problem {
  return errorOf({ rule: 'extra-flow', setting, value, requirement, fix });
}
