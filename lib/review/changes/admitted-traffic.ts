import type { DeploymentState } from './deployment-state';
import { manifestPart, objectsOf } from './manifest-objects';
import { canonical, isData, without, type Data } from './plain-data';

/**
 * Traffic that a security group or a network policy admits.
 *
 * @internal
 */
export interface AdmittedTraffic {
  readonly part: string;
  /** Begins the id: a region, or a stack in small letters. */
  readonly place: string;
  readonly holder: string;
  readonly port: string;
  readonly transport: string;
  readonly text: string;
}

/**
 * All that is admitted in a state, by what it is: the order of rules, their descriptions and ids make no difference.
 *
 * @internal
 */
export function openingsIn(state: DeploymentState): Map<string, AdmittedTraffic> {
  const all = [
    ...state.stacks.flatMap(({ stackRole, template }) => ofSecurityGroups(stackRole, template as unknown as Data)),
    ...[0, 1].flatMap(regionId => ofPolicies(state, regionId)),
  ];
  const named = all.map(one => ({ ...one, text: withNamedRanges(one.text, state) }));
  return new Map(named.map(one => [`${one.part} ${one.holder} ${one.text}`, one]));
}

function ofSecurityGroups(stackRole: string, template: Data): AdmittedTraffic[] {
  const resources = Object.entries((template.Resources ?? {}) as Readonly<Record<string, Data>>);
  return resources.flatMap(([logicalId, { Type, Properties }]) => {
    if (!isData(Properties)) return [];
    const rules = (direction: string, list: unknown, group: string): AdmittedTraffic[] =>
      entriesOf(list).map(rule => ofRule(stackRole, direction, rule, group));
    switch (Type) {
      case 'AWS::EC2::SecurityGroup':
        return [...rules('from', Properties.SecurityGroupIngress, logicalId), ...rules('to', Properties.SecurityGroupEgress, logicalId)];
      case 'AWS::EC2::SecurityGroupIngress':
        return rules('from', [Properties], groupName(Properties.GroupId));
      case 'AWS::EC2::SecurityGroupEgress':
        return rules('to', [Properties], groupName(Properties.GroupId));
      default:
        return [];
    }
  });
}

function ofRule(stackRole: string, direction: string, rule: Data, holder: string): AdmittedTraffic {
  const { IpProtocol, FromPort, ToPort } = rule;
  const peers = without(rule, 'IpProtocol', 'FromPort', 'ToPort', 'Description', 'GroupId');
  const transport = plainText(IpProtocol).toUpperCase();
  const port = FromPort === ToPort ? plainText(FromPort) : `${plainText(FromPort)}-${plainText(ToPort)}`;
  const peer = Object.values(peers).map(plainText).sort().join(' ');
  return { part: stackRole, place: stackRole.toLowerCase(), holder, port, transport, text: `${direction} ${peer}, ${port} ${transport}` };
}

/** The resource that a group belongs to, whichever way it is referred to. */
function groupName(group: unknown): string {
  const reference = isData(group) ? (group.Ref ?? group['Fn::GetAtt']) : group;
  return Array.isArray(reference) ? reference.join('.') : plainText(reference);
}

function ofPolicies(state: DeploymentState, regionId: number): AdmittedTraffic[] {
  const policies = [...objectsOf(state, regionId).values()].filter(({ kind }) => kind === 'NetworkPolicy');
  return policies.flatMap(({ name, object }) => {
    const spec = (object.spec ?? {}) as Data;
    const pods = `pods ${selectorText(spec.podSelector)}`;
    return (['ingress', 'egress'] as const).flatMap(direction =>
      entriesOf(spec[direction]).flatMap(rule => {
        const peers = rule[direction === 'ingress' ? 'from' : 'to'];
        const peerTexts = peers === undefined ? ['anywhere'] : entriesOf(peers).map(peer => canonical(peer));
        const ports = rule.ports === undefined ? [{ port: 'any', protocol: 'any' }] : entriesOf(rule.ports);
        return ports.flatMap(({ port, endPort, protocol }) => {
          const range = `${plainText(port)}${endPort === undefined ? '' : `-${plainText(endPort)}`}`;
          const transport = plainText(protocol ?? 'TCP');
          return peerTexts.map((peer): AdmittedTraffic => {
            const text = `${pods} ${direction === 'ingress' ? 'from' : 'to'} ${peer}, ${range} ${transport}`;
            return {
              part: manifestPart(regionId),
              place: `region${regionId}`,
              holder: `NetworkPolicy/${name}`,
              port: range,
              transport,
              text,
            };
          });
        });
      }),
    );
  });
}

function selectorText(selector: unknown): string {
  const labels = isData(selector) && isData(selector.matchLabels) ? selector.matchLabels : undefined;
  return canonical(labels?.['app.kubernetes.io/component'] ?? selector);
}

function entriesOf(list: unknown): Data[] {
  return Array.isArray(list) ? list.filter(isData) : [];
}

function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : canonical(value);
}

/** A range that is changed is one change, and not one of each rule that follows from it. */
function withNamedRanges(text: string, { settings }: DeploymentState): string {
  return settings.regions.reduce(
    (named, { vpcCidr, serviceCidr }, i) =>
      named.replaceAll(vpcCidr, `the VPC of region ${i}`).replaceAll(serviceCidr, `the Services of region ${i}`),
    text,
  );
}
