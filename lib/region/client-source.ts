import { cidrsOverlap, parseCidr, type Cidr } from '../../constructs/topology/plan/cidr';
import { firstOfEach, Party, type Flow } from '../../constructs/topology/plan/flows/flows';
import { vpcCidrs } from '../../constructs/topology/plan/network-plan';
import { ConfigurationError } from '../../constructs/topology/rules/judging/configuration-error';
import { errorOf, type Problem } from '../../constructs/topology/rules/judging/problem';
import { DNS_LABEL, isTextOf } from '../../constructs/topology/settings/rows/value-kinds';
import type { Topology } from '../../constructs/topology/topology';

/**
 * Clients of a namespace or of a range of addresses, with what they may use.
 *
 * @internal
 */
export interface ClientSource {
  /** What it is called in names of objects. */
  readonly slug: string;
  /** The range, if it is one. */
  readonly cidr?: string;
  readonly flows: Flow[];
}

/** @internal */
export function clientSource(source: string, topology: Topology, regionId: number): ClientSource {
  const range = parseCidr(source);
  const problems = range ? rangeProblems(source, range, topology, regionId) : nameProblems(source);
  if (problems.length > 0) throw new ConfigurationError(problems);
  const from = range ? { source: Party.ADDRESSES, cidr: source } : { source: Party.OTHER_NAMESPACE, namespace: source };
  const flows = topology.flows.filter(flow => flow.source === Party.CLIENTS).map(flow => ({ ...flow, ...from, crossRegion: false }));
  return {
    slug: source.replace(/[./]/g, '-'),
    cidr: range && source,
    flows: firstOfEach(flows, ({ target, port, transport }) => `${target} ${port}/${transport}`),
  };
}

function nameProblems(source: string): Problem[] {
  if (isTextOf(DNS_LABEL, source)) return [];
  return [problem(source, 'must be a namespace or a range of IPv4 addresses', "write it like 'payments' or '10.50.0.0/16'")];
}

/** The other region is admitted by what crosses the regions, and addresses of Services never arrive at pods. */
function rangeProblems(source: string, range: Cidr, topology: Topology, regionId: number): Problem[] {
  const peer = topology.peerOf(regionId);
  const refused = [...vpcCidrs(peer), peer.serviceCidr, topology.regions[regionId].serviceCidr].filter(text => {
    const other = parseCidr(text);
    return other !== undefined && cidrsOverlap(range, other);
  });
  return refused.map(other =>
    problem(
      source,
      `must not overlap ${other}`,
      "leave the other region's VPC and the ranges of Services out: clients there use their own region",
    ),
  );
}

function problem(value: string, requirement: string, fix: string): Problem {
  return errorOf({ rule: 'client-source', setting: 'allowClientsFrom', value, requirement, fix });
}
