import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { at, type KubernetesObject, type Labels } from '../manifests';
import { CLUSTER_DNS, CLUSTER_DNS_LABELS, selects, servicesOf, workloadsOf, type KnownService, type Workload } from '../workloads';

/** Of one address in the map of the agent. What is more is left out, with an error in its log only. */
const MAX_PORTS = 24;
const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

interface Selector {
  readonly matchLabels?: Labels;
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: object;
}

interface PolicyPort {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: string;
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly PolicyPort[];
}

/** A Service, and a pod that may be behind it, with their namespaces. */
type Placed<T> = T & { readonly namespace?: string };

/**
 * What the controller and the agent of the VPC CNI would carry out in another way than a NetworkPolicy says. They see a packet
 * before a Service's address is replaced by that of a pod, so the controller looks for the Services of each peer: by the labels
 * of their selectors, and by the numbers of their target ports.
 *
 * @see aws/amazon-network-policy-controller-k8s, issue 224, and its pkg/resolvers
 */
export function vpcCniFindings(objects: readonly KubernetesObject[]): string[] {
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const services = [...servicesOf(objects), CLUSTER_DNS].filter(({ headless }) => !headless);
  const workloads = workloadsOf(objects);
  const pods = [...workloads, { labels: CLUSTER_DNS_LABELS, namespace: FIXED_NAMES.dnsNamespace }];
  return [
    ...policies.flatMap(policy => [
      ...[...rulesOf(policy, 'ingress'), ...rulesOf(policy, 'egress')].flatMap(portFindings).map(named(policy)),
      ...rulesOf(policy, 'egress')
        .flatMap(rule => serviceFindings(rule, services, pods))
        .map(named(policy)),
    ]),
    ...workloads.flatMap(workload => countFindings(workload, policies)),
  ];
}

const named = (policy: KubernetesObject) => (finding: string) => `policy ${policy.metadata.name}: ${finding}`;

function rulesOf(policy: KubernetesObject, direction: 'ingress' | 'egress'): readonly Rule[] {
  return at<readonly Rule[] | undefined>(policy, 'spec', direction) ?? [];
}

/** Names of ports are looked up in pods that may not be there yet, ranges are not looked up at all, and an empty list means all. */
function portFindings({ from, to, ports = [] }: Rule): string[] {
  return [
    ...(ports.length > 0 ? [] : ['a rule without ports']),
    ...((from ?? to ?? []).length > 0 ? [] : ['a rule without the other side']),
    ...ports.filter(({ port }) => typeof port !== 'number').map(({ port }) => `port ${port} by name`),
    ...ports.filter(({ endPort }) => endPort !== undefined).map(({ port, endPort }) => `range of ports ${port} to ${endPort}`),
  ];
}

/** Services whose address would be refused though their pods are admitted. */
function serviceFindings(
  { to = [], ports = [] }: Rule,
  services: readonly Placed<KnownService>[],
  pods: readonly Placed<Pick<Workload, 'labels'>>[],
): string[] {
  return to
    .filter(({ ipBlock }) => !ipBlock)
    .flatMap(({ podSelector, namespaceSelector }) => {
      const wanted = podSelector?.matchLabels ?? {};
      const namespace = namespaceSelector?.matchLabels?.[NAMESPACE_NAME_LABEL];
      const admitted = pods.filter(pod => pod.namespace === namespace && selects(wanted, pod.labels));
      return services
        .filter(service => service.namespace === namespace && admitted.some(({ labels }) => selects(service.selector, labels)))
        .flatMap(({ name, selector, ports: own }) => [
          ...Object.keys(wanted)
            .filter(key => selector[key] !== wanted[key])
            .map(key => `Service ${name} does not select by ${key}`),
          ...own
            .filter(({ targetPort }) => typeof targetPort === 'string')
            .map(({ port }) => `Service ${name} has port ${port} lead to a name`),
          ...ports
            .filter(
              ({ port, protocol }) =>
                own.filter(one => (one.targetPort ?? one.port) === port && (one.protocol ?? 'TCP') === protocol).length > 1,
            )
            .map(({ port, protocol }) => `Service ${name} leads to ${port}/${protocol} from two ports, of which one is admitted`),
        ]);
    });
}

/** All ports of the rules of a pod, as if every rule were for the same address. */
function countFindings({ owner, labels }: Workload, policies: readonly KubernetesObject[]): string[] {
  const own = policies.filter(policy => selects(at<Selector>(policy, 'spec', 'podSelector').matchLabels ?? {}, labels));
  return (['ingress', 'egress'] as const).flatMap(direction => {
    const ports = own.flatMap(policy => rulesOf(policy, direction)).flatMap(rule => rule.ports ?? []);
    const count = new Set(ports.map(({ port, protocol }) => `${port}/${protocol}`)).size;
    return count <= MAX_PORTS ? [] : [`${owner}: ${count} ports of ${direction}, of which ${MAX_PORTS} fit`];
  });
}
