import { FIXED_NAMES } from '../../constructs/topology/plan/names';
import { at, find, podTemplates, type KubernetesObject, type Labels, type PodTemplate } from './manifests';

/** What runs pods, whoever makes them. */
export interface Workload {
  /** Kind and name of the rendered object. */
  readonly owner: string;
  readonly kind: string;
  /** Name of the StatefulSet, Deployment and so on: for a custom resource, the one that its operator makes. */
  readonly name: string;
  readonly template: PodTemplate;
  /** Labels of the pods, those of the operator included. */
  readonly labels: Labels;
  /** Volumes that each pod claims for itself. */
  readonly claims: readonly string[];
  readonly replicas: number;
  /** Service that gives each pod a name. */
  readonly serviceName?: string;
}

/** A Service as others see it. */
export interface KnownService {
  readonly name: string;
  readonly selector: Labels;
  readonly ports: readonly {
    readonly name?: string;
    readonly port: number;
    readonly targetPort?: number | string;
    readonly protocol?: string;
  }[];
  /** Whether it has no address of its own. */
  readonly headless: boolean;
}

type Claims = { readonly metadata: { readonly name: string } }[] | undefined;
type NodeSets = { readonly name: string; readonly count: number; readonly volumeClaimTemplates?: Claims }[];

export const ELASTICSEARCH_PORT = 9200;
export const CLUSTER_DNS_LABELS: Labels = { 'k8s-app': 'kube-dns' };
/** The Service of CoreDNS, as EKS makes it. */
export const CLUSTER_DNS: KnownService & { readonly namespace: string } = {
  name: FIXED_NAMES.dnsService,
  namespace: FIXED_NAMES.dnsNamespace,
  selector: CLUSTER_DNS_LABELS,
  headless: false,
  ports: [
    { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
    { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
    { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
  ],
};
const TYPE_LABEL = 'common.k8s.elastic.co/type';
const CLUSTER_LABEL = 'elasticsearch.k8s.elastic.co/cluster-name';

export function workloadsOf(objects: readonly KubernetesObject[]): Workload[] {
  const nodeSetsSeen = new Map<string, number>();
  return podTemplates(objects).map(({ owner, template }) => {
    const [kind, name] = owner.split('/');
    const object = find(objects, kind, name);
    const labels = template.metadata?.labels ?? {};
    if (kind === 'Elasticsearch') {
      const index = nodeSetsSeen.get(owner) ?? 0;
      nodeSetsSeen.set(owner, index + 1);
      const nodeSet = at<NodeSets>(object, 'spec', 'nodeSets')[index];
      return {
        owner,
        kind: 'StatefulSet',
        name: `${name}-es-${nodeSet.name}`,
        template,
        labels: { ...labels, ...elasticLabels(name, nodeSet.name) },
        claims: namesOf(nodeSet.volumeClaimTemplates),
        replicas: nodeSet.count,
        serviceName: `${name}-es-${nodeSet.name}`,
      };
    }
    return {
      owner,
      kind,
      name,
      template,
      labels,
      claims: namesOf(at<Claims>(object, 'spec', 'volumeClaimTemplates')),
      replicas: at<number | undefined>(object, 'spec', 'replicas') ?? 1,
      serviceName: at<string | undefined>(object, 'spec', 'serviceName'),
    };
  });
}

/** Whether pods of a workload end by themselves. */
export function runsToAnEnd({ kind }: Workload): boolean {
  return ['Job', 'CronJob'].includes(kind);
}

/** Rendered Services, and those that the operator of Elasticsearch makes. */
export function servicesOf(objects: readonly KubernetesObject[]): KnownService[] {
  return objects.flatMap((object): KnownService[] => {
    const { name } = object.metadata;
    if (object.kind === 'Service') {
      const { selector, ports, clusterIP } = object.spec as Pick<KnownService, 'selector' | 'ports'> & { readonly clusterIP?: string };
      return [{ name, selector, ports, headless: clusterIP === 'None' }];
    }
    if (object.kind !== 'Elasticsearch') return [];
    const ports = [{ port: ELASTICSEARCH_PORT }];
    const nodeSets = at<NodeSets>(object, 'spec', 'nodeSets');
    return [
      ...['http', 'internal-http'].map(suffix => ({ name: `${name}-es-${suffix}`, selector: ofCluster(name), ports, headless: false })),
      ...nodeSets.map(nodeSet => ({
        name: `${name}-es-${nodeSet.name}`,
        selector: elasticLabels(name, nodeSet.name),
        ports,
        headless: true,
      })),
    ];
  });
}

/** Keys of every Secret: of rendered ones, and of those that External Secrets and the operator of Elasticsearch make. */
export function secretKeysOf(objects: readonly KubernetesObject[]): Map<string, readonly string[]> {
  return new Map(
    objects.flatMap((object): [string, string[]][] => {
      const { name } = object.metadata;
      switch (object.kind) {
        case 'Secret':
          return [[name, Object.keys({ ...(object.data as Labels | undefined), ...(object.stringData as Labels | undefined) })]];
        case 'ExternalSecret': {
          const templated = at<Labels | undefined>(object, 'spec', 'target', 'template', 'data');
          const keys = templated ? Object.keys(templated) : at<{ secretKey: string }[]>(object, 'spec', 'data').map(data => data.secretKey);
          return [[at<string>(object, 'spec', 'target', 'name'), keys]];
        }
        case 'Certificate':
          return [[at<string>(object, 'spec', 'secretName'), ['tls.crt', 'tls.key', 'ca.crt']]];
        case 'Elasticsearch':
          return [[`${name}-es-elastic-user`, ['elastic']]];
        default:
          return [];
      }
    }),
  );
}

export function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** Selector of the Services that lead to any node of a cluster. */
function ofCluster(cluster: string): Labels {
  return { [TYPE_LABEL]: 'elasticsearch', [CLUSTER_LABEL]: cluster };
}

/** @see Elastic Cloud on Kubernetes, labels of Elasticsearch pods */
function elasticLabels(cluster: string, nodeSet: string): Labels {
  return { ...ofCluster(cluster), 'elasticsearch.k8s.elastic.co/statefulset-name': `${cluster}-es-${nodeSet}` };
}

function namesOf(claims: Claims): string[] {
  return (claims ?? []).map(({ metadata }) => metadata.name);
}
