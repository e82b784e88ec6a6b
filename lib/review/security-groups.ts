import { parseCidr, type Cidr } from '../../constructs/topology/plan/cidr';
import {
  isObject,
  listOf,
  objectsOf,
  textOf,
  type StackTemplate,
  type TemplateProperties,
  type TemplateValue,
  type Templates,
} from './template';
import { trafficOf, type Traffic } from './traffic';

/** A rule of a security group that names addresses. Rules between groups cannot reach beyond a region. */
export interface SecurityGroupRule {
  /** Where it stands: the resource, which for inline rules is the group. */
  readonly name: string;
  readonly group: string;
  /** The addresses at the other end. Undefined if the template does not tell, or if they are no IPv4 range. */
  readonly range?: Cidr;
  readonly rangeText: string;
  readonly traffic: Traffic;
}

/** The security groups of a region: their rules, and what has them. */
export interface SecurityGroups {
  readonly ingress: readonly SecurityGroupRule[];
  readonly egress: readonly SecurityGroupRule[];
  /** Groups that allow only the egress of their rules. All others allow any. */
  readonly restricted: ReadonlySet<string>;
}

const GROUP = 'AWS::EC2::SecurityGroup';
const SOURCES = ['CidrIp', 'CidrIpv6', 'SourcePrefixListId', 'DestinationPrefixListId'];
const GROUP_SOURCES = ['SourceSecurityGroupId', 'SourceSecurityGroupName', 'DestinationSecurityGroupId'];

/** What can have no part in a connection from elsewhere: a function opens connections and accepts none. */
const NO_HOLDERS = [GROUP, 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress', 'AWS::Lambda::Function'];

/** Reads the rules of a region's security groups, those inside of a group and those beside it. */
export function securityGroupsOf(templates: Templates, awsRegion: string): SecurityGroups {
  const groups = templates.resources(awsRegion, GROUP);
  const inline = (property: string): SecurityGroupRule[] =>
    groups.flatMap(({ name, properties, stack }) =>
      rulesIn(properties[property]).flatMap(rule => rulesOf(templates, rule, stack, name, name)),
    );
  const separate = (type: string): SecurityGroupRule[] =>
    templates
      .resources(awsRegion, type)
      .flatMap(({ name, properties, stack }) =>
        rulesOf(templates, properties, stack, name, templates.identify(properties.GroupId, stack) ?? name),
      );
  return {
    ingress: [...inline('SecurityGroupIngress'), ...separate('AWS::EC2::SecurityGroupIngress')],
    egress: [...inline('SecurityGroupEgress'), ...separate('AWS::EC2::SecurityGroupEgress')],
    // A rule beside the group adds to the one that allows all; only rules inside of it replace that.
    restricted: new Set(groups.filter(({ properties }) => listOf(properties.SecurityGroupEgress).length > 0).map(({ name }) => name)),
  };
}

/** A list that is decided at deployment counts as one rule, so that it does not look like no rule at all. */
function rulesIn(value: TemplateValue | undefined): TemplateProperties[] {
  return isObject(value) ? [value] : objectsOf(value);
}

function rulesOf(templates: Templates, rule: TemplateProperties, stack: StackTemplate, name: string, group: string): SecurityGroupRule[] {
  const traffic = trafficOf(rule.IpProtocol, rule);
  if (GROUP_SOURCES.some(source => rule[source] !== undefined)) return [];
  const sources = SOURCES.filter(source => rule[source] !== undefined).map(source => rule[source]);
  return (sources.length > 0 ? sources : [rule]).map(source => {
    const text = templates.rangeText(source, stack);
    return { name, group, traffic, range: parseCidr(text), rangeText: text ?? textOf(source) };
  });
}

/** Names of the resources of a region that mention a security group, apart from rules and functions. */
export function holdersOf(templates: Templates, awsRegion: string, group: string): string[] {
  return templates
    .resources(awsRegion)
    .filter(({ type, properties, stack }) => !NO_HOLDERS.includes(type) && mentions(templates, properties, stack, group))
    .map(({ name }) => name);
}

function mentions(templates: Templates, value: TemplateValue, stack: StackTemplate, group: string): boolean {
  if (templates.identify(value, stack) === group) return true;
  if (Array.isArray(value)) return listOf(value).some(entry => mentions(templates, entry, stack, group));
  return isObject(value) && Object.values(value).some(entry => mentions(templates, entry, stack, group));
}
