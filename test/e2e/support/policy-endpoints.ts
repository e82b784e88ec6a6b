import { DIRECTIONS, rulesOf, type Policy, type PolicyPort, type Rule, type Selector } from '../../support/network/network-policy-filter';
import { selects } from '../../support/workloads';

type Labels = Readonly<Record<string, string>>;

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Labels;
}

/** What of a cluster decides about its traffic, as its API server has it. */
export interface ClusterTraffic {
  readonly policies: readonly Policy[];
  readonly namespaces: readonly { readonly metadata: Omit<Metadata, 'namespace'> }[];
  readonly pods: readonly {
    readonly metadata: Metadata;
    readonly status: { readonly podIP?: string; readonly hostIP?: string; readonly phase: string };
  }[];
  readonly services: readonly ClusterService[];
}

/** A Service as the API server has it. */
export interface ClusterService {
  readonly metadata: Metadata;
  readonly spec: {
    readonly clusterIP?: string;
    readonly selector?: Labels;
    readonly ports?: readonly { readonly port: number; readonly targetPort: number | string; readonly protocol: string }[];
  };
}

interface Resolved {
  readonly cidr: string;
  readonly except?: readonly string[];
  readonly ports: readonly PolicyPort[];
}

/**
 * The PolicyEndpoints that the controller of the VPC CNI would make: addresses and ranges in place of selectors, of pods in both
 * directions, and of Services for what is sent. The controller itself can't be built from a module. Understands what
 * `policiesOf` does.
 *
 * @see aws/amazon-network-policy-controller-k8s, pkg/resolvers
 */
export function policyEndpoints({ policies, namespaces, pods, services }: ClusterTraffic): object[] {
  const living = pods.filter(({ status }) => status.podIP !== undefined);
  const namespacesOf = (own: string, selector?: Selector): string[] =>
    selector
      ? namespaces.filter(({ metadata }) => selects(selector.matchLabels ?? {}, metadata.labels ?? {})).map(({ metadata }) => metadata.name)
      : [own];
  const podsOf = (within: readonly string[], { matchLabels = {} }: Selector = {}) =>
    living.filter(({ metadata }) => within.includes(metadata.namespace) && selects(matchLabels, metadata.labels ?? {}));

  /** Those whose selector holds all labels, each with the ports that lead to one of the wanted ones. */
  const servicesOf = (within: readonly string[], wanted: readonly PolicyPort[], { matchLabels = {} }: Selector = {}): Resolved[] =>
    services
      .filter(({ metadata, spec }) => within.includes(metadata.namespace) && selects(matchLabels, spec.selector ?? {}))
      .flatMap(({ spec }) => {
        if (!spec.clusterIP || spec.clusterIP === 'None') return [];
        const ports = wanted.flatMap(({ port, protocol }) => {
          const found = spec.ports?.find(one => one.targetPort === port && one.protocol === protocol);
          return found ? [{ port: found.port, protocol }] : [];
        });
        return ports.length > 0 ? [{ cidr: spec.clusterIP, ports }] : [];
      });

  const resolved = (policy: Policy, { from, to, ports }: Rule): Resolved[] => {
    const peers = from ?? to;
    if (!peers?.length || !ports?.length) throw new Error(`a rule of policy ${policy.metadata.name} is for all: not resolved here`);
    return peers.flatMap(({ ipBlock, podSelector, namespaceSelector }): Resolved[] => {
      if (ipBlock) return [{ ...ipBlock, ports }];
      const within = namespacesOf(policy.metadata.namespace, namespaceSelector);
      return [
        ...podsOf(within, podSelector).map(({ status }) => ({ cidr: status.podIP!, ports })),
        ...(to ? servicesOf(within, ports, podSelector) : []),
      ];
    });
  };

  return policies.map(policy => {
    const { name, namespace } = policy.metadata;
    const [ingress, egress] = DIRECTIONS.map(direction => rulesOf(policy, direction).flatMap(rule => resolved(policy, rule)));
    return {
      apiVersion: 'networking.k8s.aws/v1alpha1',
      kind: 'PolicyEndpoint',
      metadata: { name, namespace },
      spec: {
        podSelector: policy.spec.podSelector,
        podIsolation: policy.spec.policyTypes,
        policyRef: { name, namespace },
        podSelectorEndpoints: podsOf([namespace], policy.spec.podSelector).map(({ metadata, status }) => ({
          podIP: status.podIP,
          hostIP: status.hostIP,
          name: metadata.name,
          namespace,
        })),
        ingress,
        egress,
      },
    };
  });
}
