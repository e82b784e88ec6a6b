import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { PeerPort } from '../topology/plan/peer-ports';
import { ConfigurationError } from '../topology/rules/judging/configuration-error';
import { errorOf, type Problem } from '../topology/rules/judging/problem';
import { DNS_LABEL, isTextOf } from '../topology/settings/rows/value-kinds';

/** Properties of `PeerIngress`. */
export interface PeerIngressProps {
  /** The security group that all nodes and pods of the cluster share. */
  readonly securityGroupId: string;

  /** Range of the peer's VPC. */
  readonly peerCidr: string;

  /** The ports: `peerPorts` of a topology of Camunda, or those of another system. */
  readonly ports: PeerPort[];

  /**
   * Who is admitted, for descriptions.
   *
   * @default 'the other region'
   */
  readonly origin?: string;
}

const MAX_PORT = 65_535;

/**
 * Opens the nodes to the other region: one rule for each port and protocol, and no more. Throws one error that lists every port
 * that cannot be opened.
 *
 * By range, because a security group of another region cannot be referenced.
 *
 * @see Amazon VPC Peering guide: reference peer security groups
 */
export class PeerIngress extends Construct {
  /** The rules. Escape hatch for raw overrides. */
  public readonly rules: ec2.CfnSecurityGroupIngress[];

  public constructor(scope: Construct, id: string, props: PeerIngressProps) {
    super(scope, id);
    const { ports } = props;
    const problems = portProblems(ports);
    if (problems.length > 0) throw new ConfigurationError(problems);
    this.rules = ports.map(
      one =>
        new ec2.CfnSecurityGroupIngress(this, ruleId(one), {
          groupId: props.securityGroupId,
          cidrIp: props.peerCidr,
          ipProtocol: one.transport.toLowerCase(),
          fromPort: one.port,
          toPort: one.port,
          description: `${one.purpose}, from ${props.origin ?? 'the other region'}`,
        }),
    );
  }
}

function ruleId({ server, transport, port }: PeerPort): string {
  return `${server.charAt(0).toUpperCase()}${server.slice(1)}${transport}${port}`;
}

function portProblems(ports: readonly PeerPort[]): Problem[] {
  return ports.flatMap(({ server, port, transport }, i) => {
    const problem = (key: string, value: unknown, requirement: string, fix: string): Problem =>
      errorOf({ rule: 'peer-port', setting: `ports[${i}].${key}`, value, requirement, fix });
    const sameAs = ports.slice(0, i).findIndex(earlier => earlier.port === port && earlier.transport === transport);
    return [
      ...(isTextOf(DNS_LABEL, server)
        ? []
        : [problem('server', server, 'must be lower-case letters, digits and hyphens', "choose a name like 'cockroachdb'")]),
      ...(Number.isInteger(port) && port >= 1 && port <= MAX_PORT
        ? []
        : [problem('port', port, `must be a whole number from 1 to ${MAX_PORT}`, 'name the port that the server listens to')]),
      ...(sameAs < 0 ? [] : [problem('port', port, `must not repeat 'ports[${sameAs}]'`, 'remove one of both: a rule opens all nodes')]),
    ];
  });
}
