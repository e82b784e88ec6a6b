import { partiesOfNamespace } from '../../constructs/camunda/network-policy-rules';
import type { Flow } from '../../constructs/topology/plan/flows/flows';
import type { Topology } from '../../constructs/topology/topology';
import { objectsIn, type Rendered } from './rendered';

/**
 * How the network policies of a region treat a flow.
 *
 * @internal
 */
export interface PolicyVerdict {
  /** Policies that admit it, with the way that they rule: `connectors (out)`. */
  readonly admitting: readonly string[];
  /** Policies that should admit it and do not. */
  readonly lacking: readonly string[];
}

interface PolicyRule {
  readonly ports?: readonly { readonly port?: number | string; readonly protocol?: string }[];
  readonly from?: readonly PolicyPeer[];
  readonly to?: readonly PolicyPeer[];
}

interface PolicyPeer {
  readonly ipBlock?: { readonly cidr?: unknown };
  readonly namespaceSelector?: { readonly matchLabels?: Readonly<Record<string, unknown>> };
}

interface PolicySpec {
  readonly ingress?: readonly PolicyRule[];
  readonly egress?: readonly PolicyRule[];
}

/**
 * Which policies a flow needs in a region, and whether they have a rule for its port that reaches the other region where it must.
 * Pods outside of Camunda's namespace have no policy of ours.
 *
 * @internal
 */
export function policyVerdict(topology: Topology, rendered: Rendered, regionId: number, flow: Flow): PolicyVerdict {
  const parties = partiesOfNamespace(topology);
  const policies = objectsIn(rendered, regionId).filter(({ kind }) => kind === 'NetworkPolicy');
  const peer = topology.peerOf(regionId).vpcCidr;
  const needed = [
    { party: flow.source, way: 'out' as const },
    { party: flow.target, way: 'in' as const },
  ].filter(({ party }) => parties.includes(party));
  const judged = needed.map(({ party, way }) => {
    const spec = policies.find(({ name }) => name === String(party))?.object.spec as PolicySpec | undefined;
    const rules = (way === 'in' ? spec?.ingress : spec?.egress) ?? [];
    const admits = rules.some(rule => servesPort(rule, flow) && namesOtherEnd(rule, flow) && (!flow.crossRegion || reaches(rule, peer)));
    return { text: `${party} (${way})`, admits };
  });
  return {
    admitting: judged.filter(({ admits }) => admits).map(({ text }) => text),
    lacking: judged.filter(({ admits }) => !admits).map(({ text }) => text),
  };
}

function servesPort({ ports }: PolicyRule, { port, transport }: Flow): boolean {
  return ports === undefined || ports.some(own => own.port === port && (own.protocol ?? 'TCP') === String(transport));
}

/** Whether a rule is for the namespace or the range of a flow, where it has one. */
function namesOtherEnd({ from, to }: PolicyRule, { namespace, cidr }: Flow): boolean {
  if (namespace === undefined && cidr === undefined) return true;
  return (from ?? to ?? []).some(
    ({ ipBlock, namespaceSelector }) =>
      (cidr !== undefined && ipBlock?.cidr === cidr) ||
      (namespace !== undefined && namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] === namespace),
  );
}

function reaches({ from, to }: PolicyRule, range: string): boolean {
  const peers = from ?? to;
  return peers === undefined || peers.some(({ ipBlock }) => ipBlock?.cidr === range);
}
