import { cidrContains, parseCidr } from '../../../constructs/topology/plan/cidr';
import { Party, type Flow } from '../../../constructs/topology/plan/flows/flows';
import type { SubnetPurpose } from '../../../constructs/topology/plan/subnets';
import type { AwsRegionState, SecurityGroup, SecurityGroupRule, Subnet } from './aws-state';
import { bed } from './bed';
import { command } from './command';

/** A rule as one line, so that lists of rules compare and read easily. */
export function ruleText({ protocol, fromPort, toPort, cidr, group, prefixList }: SecurityGroupRule): string {
  const ports = fromPort === undefined ? 'all' : fromPort === toPort ? String(fromPort) : `${fromPort}-${toPort}`;
  return `${protocol} ${ports} ${cidr ?? group ?? prefixList}`;
}

/** What the topology lets the peer reach in a region: on its nodes and pods, or on its DNS forwarder. */
export function crossingRules(regionId: number, target: 'cluster' | 'forwarder'): string[] {
  const { topology } = bed();
  const belongs = (flow: Flow): boolean => flow.crossRegion && (flow.target === Party.DNS_FORWARDER) === (target === 'forwarder');
  const { vpcCidr } = topology.peerOf(regionId);
  // Several parties may be reached on one port, and a rule knows ports alone.
  return [...new Set(topology.flows.filter(belongs).map(({ transport, port }) => `${transport.toLowerCase()} ${port} ${vpcCidr}`))];
}

/** Whether a rule lets something in that is not in the group's own VPC. */
export function fromOutside(rule: SecurityGroupRule, vpcCidr: string, ownGroups: readonly SecurityGroup[]): boolean {
  if (rule.group !== undefined) return !ownGroups.some(({ groupId }) => groupId === rule.group);
  const [outer, inner] = [parseCidr(vpcCidr), parseCidr(rule.cidr)];
  return !outer || !inner || !cidrContains(outer, inner);
}

/** The subnet that the topology plans for a purpose in a zone. */
export function plannedSubnet(state: AwsRegionState, regionId: number, purpose: SubnetPurpose, zone: number): Subnet {
  const plan = bed().regions[regionId].topology.subnets.find(subnet => subnet.purpose === purpose && subnet.zone === zone);
  const found = state.subnets.find(({ cidrBlock }) => cidrBlock === plan?.cidr);
  if (!found) throw new Error(`there is no ${purpose} subnet for zone ${zone} in region ${regionId}`);
  return found;
}

/** Zones of a region: as configured, or the first three that AWS names. */
export async function zonesOf(regionId: number): Promise<string[]> {
  const { availabilityZones } = bed().regions[regionId].topology;
  if (availabilityZones) return availabilityZones;
  const names = await awsJson<string[]>(regionId, 'ec2', 'describe-availability-zones', '--query', 'AvailabilityZones[].ZoneName');
  return names.sort().slice(0, 3);
}

/** What a secret says in a region. */
export async function secretValue(regionId: number, name: string): Promise<Record<string, string>> {
  const text = await awsJson<string>(regionId, 'secretsmanager', 'get-secret-value', '--secret-id', name, '--query', 'SecretString');
  return JSON.parse(text) as Record<string, string>;
}

/** Runs the AWS CLI in a region, and returns what it says. */
export async function awsJson<T>(regionId: number, ...args: readonly string[]): Promise<T> {
  const { regions, environment } = bed();
  const given = [...args, '--region', regions[regionId].awsRegion, '--output', 'json'];
  const { code, stdout, stderr } = await command('aws', given, { env: environment });
  if (code !== 0) throw new Error(`aws ${given.join(' ')}: exit code ${code}\n${stderr}`);
  return JSON.parse(stdout) as T;
}
