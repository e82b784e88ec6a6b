import { textOf, type TemplateProperties, type TemplateValue } from './template';

/** Every protocol, as security groups and network ACLs write it. */
export const ALL_PROTOCOLS = '-1';
const LAST_PORT = 65535;

/** Numbers under which the rules of AWS may name a protocol. */
const PROTOCOL_NAMES: Readonly<Record<string, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' };

/** A protocol and its ports. */
export interface Traffic {
  /** `tcp`, `udp`, another protocol of AWS, or `-1` for all. */
  readonly transport: string;
  readonly fromPort: number;
  readonly toPort: number;
}

/** A protocol under its name, however a rule spells it. */
export function protocolOf(value: TemplateValue | undefined): string {
  const text = textOf(value ?? ALL_PROTOCOLS).toLowerCase();
  return PROTOCOL_NAMES[text] ?? text;
}

/** The traffic of a rule: all ports where none are named, since that is what AWS makes of it. */
export function trafficOf(protocol: TemplateValue | undefined, ports: TemplateProperties): Traffic {
  const transport = protocolOf(protocol);
  const [from, to] = [ports.From ?? ports.FromPort, ports.To ?? ports.ToPort].map(port => (port === undefined ? -1 : Number(port)));
  if (transport === ALL_PROTOCOLS || from === -1 || Number.isNaN(from)) return { transport, fromPort: 0, toPort: LAST_PORT };
  return { transport, fromPort: from, toPort: to === -1 || Number.isNaN(to) ? LAST_PORT : to };
}

/** Whether all of one traffic is part of the other. */
export function admits(outer: Traffic, inner: Traffic): boolean {
  const sameProtocol = outer.transport === ALL_PROTOCOLS || outer.transport === inner.transport;
  return sameProtocol && outer.fromPort <= inner.fromPort && outer.toPort >= inner.toPort;
}

/** Traffic in words, for example `TCP 9200`. */
export function trafficText({ transport, fromPort, toPort }: Traffic): string {
  if (transport === ALL_PROTOCOLS) return 'all traffic';
  const ports = fromPort === toPort ? String(fromPort) : `${fromPort}-${toPort}`;
  return `${transport.toUpperCase()} ${ports}`;
}
