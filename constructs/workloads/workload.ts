/**
 * An object as it is rendered.
 *
 * @internal
 */
export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [field: string]: unknown;
}

/** @internal */
export interface Variable {
  readonly name: string;
  value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name?: string; readonly key?: string } };
}

/** @internal */
export interface Container {
  readonly name: string;
  env?: Variable[];
  readonly image?: string;
  readonly imagePullPolicy?: string;
  readonly command?: string[];
  readonly securityContext?: unknown;
  volumeMounts?: { readonly name: string; readonly mountPath?: string }[];
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
}

/** @internal */
export interface PodTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  readonly spec: {
    readonly containers: Container[];
    initContainers?: Container[];
    volumes?: { readonly name: string; emptyDir?: { sizeLimit?: string }; readonly secret?: unknown }[];
    nodeSelector?: Record<string, string>;
    tolerations?: unknown[];
    imagePullSecrets?: { readonly name: string }[];
    priorityClassName?: string;
    readonly [field: string]: unknown;
  };
}

/**
 * A rendered object that makes pods, and the template of these.
 *
 * @internal
 */
export interface Workload {
  /** Kind and name, for messages. */
  readonly owner: string;
  /** The section of the settings that the pods belong to. Undefined for pods that have none. */
  readonly section?: string;
  readonly template: PodTemplate;
  /** Whether each pod has a volume that it finds again. */
  readonly keepsData: boolean;
  /** Settings of Elasticsearch. */
  readonly config?: Record<string, unknown>;
}

const COMPONENT = 'app.kubernetes.io/component';
/** Sections that are not named after their component. */
const SECTIONS: Readonly<Record<string, string>> = { 'zeebe-broker': 'orchestration', 'zeebe-gateway': 'gateway' };

/**
 * Everything among the rendered objects that makes pods, whatever runs it.
 *
 * @internal
 */
export function workloadsIn(objects: readonly RenderedObject[]): Workload[] {
  return objects.flatMap(workloadsOf);
}

function workloadsOf(object: RenderedObject): Workload[] {
  const owner = `${object.kind}/${object.metadata.name}`;
  const { template, volumeClaimTemplates, nodeSets } = (object.spec ?? {}) as Spec;
  if (object.kind === 'Elasticsearch') {
    return (nodeSets ?? []).map(({ podTemplate, config }) => ({
      owner,
      section: 'elasticsearch',
      template: podTemplate,
      keepsData: true,
      config,
    }));
  }
  if (!template?.spec) return [];
  const component = template.metadata?.labels?.[COMPONENT];
  const section = component === undefined ? undefined : (SECTIONS[component] ?? component);
  return [{ owner, section, template, keepsData: (volumeClaimTemplates ?? []).length > 0 }];
}

interface Spec {
  readonly template?: PodTemplate;
  readonly volumeClaimTemplates?: unknown[];
  readonly nodeSets?: { readonly podTemplate: PodTemplate; readonly config: Record<string, unknown> }[];
}
