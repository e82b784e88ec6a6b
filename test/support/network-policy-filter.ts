import { BlockList } from 'node:net';
import type { KubernetesObject, Labels } from './manifests';

/** One end of a connection: a pod of the own cluster, or an address of which no pod is known. */
export type Endpoint =
  { readonly namespace: string; readonly namespaceLabels: Labels; readonly labels: Labels } | { readonly address: string };

export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  readonly protocol: string;
}

interface Selector {
  readonly matchLabels?: Labels;
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: string[] };
}

export interface Rule {
  readonly from?: Peer[];
  readonly to?: Peer[];
  readonly ports?: { readonly port: number; readonly protocol: string }[];
}

export interface PolicySpec {
  readonly podSelector: Selector;
  readonly policyTypes: string[];
  readonly ingress?: Rule[];
  readonly egress?: Rule[];
}

export interface Policy {
  readonly metadata: { readonly namespace: string };
  readonly spec: PolicySpec;
}

export function policiesOf(objects: readonly KubernetesObject[]): Policy[] {
  return objects.filter(object => object.kind === 'NetworkPolicy') as unknown as Policy[];
}

/**
 * Whether a connection gets through: both ends decide for themselves, and an end that no policy selects lets everything
 * through.
 *
 * @see Kubernetes documentation, Network Policies
 */
export function admits(policies: readonly Policy[], { from, to, port, protocol }: Connection): boolean {
  return (
    sideAdmits(policies, to, 'Ingress', spec => spec.ingress, 'from', from, port, protocol) &&
    sideAdmits(policies, from, 'Egress', spec => spec.egress, 'to', to, port, protocol)
  );
}

function sideAdmits(
  policies: readonly Policy[],
  subject: Endpoint,
  type: string,
  rulesOf: (spec: PolicySpec) => Rule[] | undefined,
  side: 'from' | 'to',
  other: Endpoint,
  port: number,
  protocol: string,
): boolean {
  if ('address' in subject) return true;
  const deciding = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === subject.namespace && spec.policyTypes.includes(type) && matches(spec.podSelector, subject.labels),
  );
  if (deciding.length === 0) return true;
  return deciding.some(({ metadata, spec }) =>
    (rulesOf(spec) ?? []).some(
      rule =>
        (!rule.ports || rule.ports.some(allowed => allowed.port === port && allowed.protocol === protocol)) &&
        (!rule[side] || rule[side].some(peer => isPeer(peer, other, metadata.namespace))),
    ),
  );
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: Peer, endpoint: Endpoint, policyNamespace: string): boolean {
  if ('address' in endpoint) {
    return !!ipBlock && contains(ipBlock.cidr, endpoint.address) && !(ipBlock.except ?? []).some(cidr => contains(cidr, endpoint.address));
  }
  if (ipBlock) return false;
  const rightNamespace = namespaceSelector ? matches(namespaceSelector, endpoint.namespaceLabels) : endpoint.namespace === policyNamespace;
  return rightNamespace && (!podSelector || matches(podSelector, endpoint.labels));
}

function matches({ matchLabels = {} }: Selector, labels: Labels): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}

function contains(cidr: string, address: string): boolean {
  const [network, prefix] = cidr.split('/');
  const block = new BlockList();
  block.addSubnet(network, Number(prefix));
  return block.check(address);
}
