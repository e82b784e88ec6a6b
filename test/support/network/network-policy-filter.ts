import type { KubernetesObject, Labels } from '../manifests';

/** One end of a connection. A pod has an address too, which blocks of addresses may hold. */
export interface Endpoint {
  readonly address: string;
  /** Not given for what is no pod of the own cluster. */
  readonly pod?: { readonly namespace: string; readonly namespaceLabels: Labels; readonly labels: Labels };
}

export interface Selector {
  readonly matchLabels?: Labels;
}

export interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: string[] };
}

export interface PolicyPort {
  readonly port: number;
  readonly protocol: string;
}

export interface Rule {
  readonly from?: Peer[];
  readonly to?: Peer[];
  readonly ports?: PolicyPort[];
}

export interface PolicySpec {
  readonly podSelector: Selector;
  readonly policyTypes: string[];
  readonly ingress?: Rule[];
  readonly egress?: Rule[];
}

export interface Policy {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: PolicySpec;
}

/** The two directions of a policy, with the words that it has for them. */
export const DIRECTIONS = [
  { type: 'Ingress', rules: 'ingress', peers: 'from' },
  { type: 'Egress', rules: 'egress', peers: 'to' },
] as const;

export type Direction = (typeof DIRECTIONS)[number];

/** What this filter understands. Anything else would have to be evaluated as well. */
const UNDERSTOOD: Readonly<Record<string, readonly string[]>> = {
  spec: ['podSelector', 'policyTypes', 'ingress', 'egress'],
  rule: ['from', 'to', 'ports'],
  port: ['port', 'protocol'],
  peer: ['podSelector', 'namespaceSelector', 'ipBlock'],
  selector: ['matchLabels'],
};

/** The policies of a namespace. Throws on what the filter does not understand, rather than to pass over it. */
export function policiesOf(objects: readonly KubernetesObject[]): Policy[] {
  const policies = objects.filter(object => object.kind === 'NetworkPolicy') as unknown as Policy[];
  for (const { spec } of policies) {
    understand('spec', spec);
    understand('selector', spec.podSelector);
    for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
      understand('rule', rule);
      for (const port of rule.ports ?? []) {
        understand('port', port);
        if (typeof port.port !== 'number' || !port.protocol) throw new Error(`a port by name or without protocol: ${JSON.stringify(port)}`);
      }
      for (const peer of [...(rule.from ?? []), ...(rule.to ?? [])]) {
        understand('peer', peer);
        for (const selector of [peer.podSelector, peer.namespaceSelector]) understand('selector', selector ?? {});
      }
    }
  }
  return policies;
}

function understand(what: string, value: object): void {
  const strange = Object.keys(value).filter(key => !UNDERSTOOD[what].includes(key));
  if (strange.length > 0) throw new Error(`the packet filter does not understand ${strange.join(', ')} of a ${what}`);
}

/** Whether a policy decides about an endpoint in a direction. */
export function decidesAbout({ metadata, spec }: Policy, { type }: Direction, { pod }: Endpoint): boolean {
  return !!pod && pod.namespace === metadata.namespace && spec.policyTypes.includes(type) && matches(spec.podSelector, pod.labels);
}

/** Rules of a policy in a direction. */
export function rulesOf({ spec }: Policy, direction: Direction): readonly Rule[] {
  return spec[direction.rules] ?? [];
}

/** Whether a rule admits the other end. Without a list, or with an empty one, it admits everybody. */
export function admitsPeer(rule: Rule, direction: Direction, endpoint: Endpoint, policyNamespace: string): boolean {
  const peers = rule[direction.peers];
  return !peers?.length || peers.some(peer => isPeer(peer, endpoint, policyNamespace));
}

/** Whether a rule admits a port. Without a list, or with an empty one, it admits all. */
export function admitsPort({ ports }: Rule, port: number, protocol: string): boolean {
  return !ports?.length || ports.some(allowed => allowed.port === port && allowed.protocol === protocol);
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: Peer, { address, pod }: Endpoint, policyNamespace: string): boolean {
  if (ipBlock) return contains(ipBlock.cidr, address) && !(ipBlock.except ?? []).some(cidr => contains(cidr, address));
  if (!pod) return false;
  const rightNamespace = namespaceSelector ? matches(namespaceSelector, pod.namespaceLabels) : pod.namespace === policyNamespace;
  return rightNamespace && (!podSelector || matches(podSelector, pod.labels));
}

function matches({ matchLabels = {} }: Selector, labels: Labels): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}

function contains(cidr: string, address: string): boolean {
  const [network, prefix] = cidr.split('/');
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(numberOf(network) / size) === Math.floor(numberOf(address) / size);
}

function numberOf(address: string): number {
  return address.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}
