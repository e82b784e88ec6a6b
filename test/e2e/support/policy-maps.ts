import { join } from 'node:path';
import { cidrContains, parseCidr } from '../../../constructs/topology/plan/cidr';
import type { Transport } from '../../../constructs/topology/plan/flows/flows';
import type { Direction } from '../../support/network/network-policy-filter';
import { BED_HOME } from './bed-state';
import { command } from './command';

interface Row {
  readonly range: string;
  /** Protocol, first port, last port; null where there are none. */
  readonly ports: readonly (readonly [protocol: number, first: number, last: number])[] | null;
}

interface Maps {
  /** The pods that share them, as `namespace/name`. */
  readonly pods: readonly string[];
  readonly ingress: readonly Row[];
  readonly egress: readonly Row[];
}

/** What the agent of the VPC CNI has put into its maps. */
export interface PolicyMaps {
  /** What a pod receives from an address, or sends to it. A pod is said as `namespace/name`. */
  admits(direction: Direction['type'], pod: string, address: string): (tried: { port: number; transport: Transport }) => boolean;
  /** Addresses and ranges of the largest map, and ports of the address that has most. */
  readonly largest: { readonly rows: number; readonly ports: number };
}

const PROTOCOLS: Readonly<Record<Transport, number>> = { TCP: 6, UDP: 17 };
/** What the agent writes in place of a protocol. */
const ANY_PROTOCOL = 254;
const REFUSED = 255;

/** Has the agent's own code compute the maps from PolicyEndpoints. */
export async function policyMaps(endpoints: readonly object[]): Promise<PolicyMaps> {
  const input = JSON.stringify({ apiVersion: 'networking.k8s.aws/v1alpha1', kind: 'PolicyEndpointList', items: endpoints });
  const { code, stdout, stderr } = await command(join(BED_HOME, 'bin/policy-maps'), [], { env: {}, input });
  if (code !== 0) throw new Error(`policy-maps: exit code ${code}\n${stderr}`);
  const all = JSON.parse(stdout) as readonly Maps[];
  const rows = all.flatMap(({ ingress, egress }) => [ingress, egress]);
  const byPod = new Map(
    all.flatMap(({ pods, ingress, egress }) => {
      const maps = { Ingress: lookUpIn(ingress), Egress: lookUpIn(egress) };
      return pods.map(pod => [pod, maps] as const);
    }),
  );
  return {
    // A pod that no policy names has no maps: nothing is refused.
    admits: (direction, pod, address) => byPod.get(pod)?.[direction](address) ?? (() => true),
    largest: {
      rows: Math.max(...rows.map(map => map.length)),
      ports: Math.max(...rows.flat().map(({ ports }) => ports?.length ?? 0)),
    },
  };
}

/** As the program in the kernel looks: the longest range that holds the address decides, and nothing else is asked. */
function lookUpIn(map: readonly Row[]): (address: string) => (tried: { port: number; transport: Transport }) => boolean {
  const longestFirst = map.map(({ range, ports }) => ({ cidr: parseCidr(range)!, ports })).sort((a, b) => b.cidr.prefix - a.cidr.prefix);
  return address => {
    const host = parseCidr(`${address}/32`)!;
    const ports = longestFirst.find(({ cidr }) => cidrContains(cidr, host))?.ports ?? [];
    return ({ port, transport }) => {
      const decisive = ports.find(
        ([protocol, first, last]) =>
          protocol === REFUSED ||
          ([ANY_PROTOCOL, PROTOCOLS[transport]].includes(protocol) && (first === 0 || port === first || (port > first && port <= last))),
      );
      return decisive !== undefined && decisive[0] !== REFUSED;
    };
  };
}
