import { crossingFlows, firstOfEach, Party, type Flow, type Transport } from './flows/flows';

/** A port that nodes and pods of one region open to the other region. */
export interface PeerPort {
  /** What serves it, in lower-case letters, digits and hyphens, for example `cockroachdb`. The id of the rule follows from it. */
  readonly server: string;

  /** The port, 1 to 65535. */
  readonly port: number;

  /** Transport protocol. */
  readonly transport: Transport;

  /** What it is for. It becomes the description of the rule. */
  readonly purpose: string;
}

/**
 * What the nodes of a region open for the flows. The DNS forwarder opens itself.
 *
 * @internal
 */
export function peerPorts(flows: readonly Flow[]): PeerPort[] {
  return portsOf(crossingFlows(flows).filter(({ target }) => target !== Party.DNS_FORWARDER));
}

/**
 * The ports of some flows. A rule opens a port of all nodes, so each is there once, whatever serves it.
 *
 * @internal
 */
export function portsOf(flows: readonly Flow[]): PeerPort[] {
  return firstOfEach(flows, ({ port, transport }) => `${port}/${transport}`).map(({ target, port, transport, purpose }) => ({
    server: target,
    port,
    transport,
    purpose,
  }));
}
