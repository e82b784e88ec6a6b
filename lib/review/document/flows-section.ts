import { endText, Party, type Flow } from '../../../constructs/topology/plan/flows/flows';
import type { Topology } from '../../../constructs/topology/topology';
import { directionOf, type FlowVerdict } from '../flow-verdicts';
import { isUnseen } from '../network-acls';
import { policyVerdict } from '../policies';
import type { Reachability } from '../reachability';
import type { Rendered } from '../rendered';
import { counted, toned, toneOf } from './cells';
import type { Cell, ReviewSection, ReviewTable } from './review-document';

/**
 * Who may talk to whom, what enforces it, and whether the templates keep that promise.
 *
 * @internal
 */
export function flowsSection(
  topology: Topology,
  rendered: Rendered,
  verdicts: readonly FlowVerdict[],
  reachability: Reachability,
): ReviewSection {
  const tables = [crossingTable(topology, verdicts), ...findingTable(reachability), policyTable(topology, rendered)];
  return {
    id: 'flows',
    title: 'Flows',
    summary: summaryOf(verdicts, reachability),
    tone: toneOf(tables),
    tables,
  };
}

function summaryOf(verdicts: readonly FlowVerdict[], { findings }: Reachability): string {
  const stopped = verdicts.filter(({ obstacles }) => obstacles.length > 0).length;
  const crossing = `${counted(verdicts.length, 'flow crosses', 'flows cross')} the regions, both directions counted`;
  if (stopped === 0 && findings.length === 0) return `${crossing}; all of them can, and nothing else can.`;
  return `${crossing}; ${counted(stopped, 'of them cannot', 'of them cannot')}, with ${counted(findings.length, 'finding')} in the templates.`;
}

function crossingTable(topology: Topology, verdicts: readonly FlowVerdict[]): ReviewTable {
  return {
    title: 'What crosses the regions',
    columns: ['from', 'to', 'port', 'for', 'security group rule', 'routes there and back', 'network ACL', 'verdict'],
    rows: verdicts.map(verdict => crossingRow(topology, verdict)),
    notes: [
      'Computed from the synthesised templates: peering, routes both ways, network ACLs and security groups. What they leave open counts against them.',
      ...topology.regions.flatMap(({ regionId, existingVpc }) =>
        existingVpc
          ? [
              `Not seen of the existing VPC ${existingVpc.vpcId} of region ${regionId}: its network ACLs, which are taken for open, its other routes, and whether its subnets are as the settings say.`,
            ]
          : [],
      ),
    ],
  };
}

function crossingRow(topology: Topology, verdict: FlowVerdict): Cell[] {
  const { flow, rules, routes, networkAcls, obstacles } = verdict;
  const { from, to } = directionOf(topology, verdict);
  return [
    `nodes of ${from}`,
    `${flow.target === Party.DNS_FORWARDER ? 'DNS forwarder' : 'nodes'} of ${to}`,
    portOf(flow),
    flow.purpose,
    rules.length > 0 ? rules.join(', ') : toned('none', 'danger'),
    String(routes.length),
    aclCell(networkAcls),
    obstacles.length === 0 ? toned('can cross', 'good') : toned(`cannot cross: ${obstacles.join('; ')}`, 'danger'),
  ];
}

function aclCell(names: readonly string[]): Cell {
  const seen = names.filter(name => !isUnseen(name));
  const text = seen.every(name => name.endsWith('DefaultNetworkAcl')) ? 'the default one of the VPC' : seen.join(', ');
  if (seen.length === names.length) return text;
  return toned(seen.length === 0 ? 'not in the templates' : `${text}, and of the existing VPC not in the templates`, 'warning');
}

function findingTable({ findings }: Reachability): ReviewTable[] {
  if (findings.length === 0) return [];
  return [
    {
      title: 'Findings in the templates',
      columns: ['rule', 'finding'],
      rows: findings.map(({ rule, message }) => [toned(rule, 'danger'), message]),
    },
  ];
}

function policyTable(topology: Topology, rendered: Rendered): ReviewTable {
  return {
    title: 'Every flow, and the network policies that admit it',
    columns: ['from', 'to', 'port', 'crosses', 'for', 'network policies', 'verdict'],
    rows: topology.flows.map(flow => policyRow(topology, rendered, flow)),
    notes: [
      'Policies of the same name in region0/10-network-policies.yaml and region1/10-network-policies.yaml; the policy default-deny takes everything else.',
      'Within a region, the cluster security group of EKS lets all nodes and pods reach each other: there, policies alone decide.',
    ],
  };
}

function policyRow(topology: Topology, rendered: Rendered, flow: Flow): Cell[] {
  const regions = topology.regions.filter(({ regionId }) => flow.regionId === undefined || flow.regionId === regionId);
  const verdicts = regions.map(({ regionId }) => ({ regionId, ...policyVerdict(topology, rendered, regionId, flow) }));
  const lacking = verdicts.flatMap(({ regionId, lacking: names }) => names.map(name => `${name} of region ${regionId}`));
  const admitting = [...new Set(verdicts.flatMap(verdict => verdict.admitting))];
  return [
    endText(flow, 'source'),
    endText(flow, 'target'),
    portOf(flow),
    flow.crossRegion ? 'yes' : 'no',
    flow.purpose,
    admitting.join(', ') || 'none: both are outside of the namespace',
    admitting.length + lacking.length === 0
      ? 'security groups decide'
      : lacking.length === 0
        ? toned('admitted', 'good')
        : toned(`not admitted by ${lacking.join(', ')}`, 'danger'),
  ];
}

function portOf({ transport, port }: Flow): string {
  return `${transport} ${port}`;
}
