import { bed } from './bed';
import { kubectlJson, tryKubectl } from './kubectl';

/** A list as the API has it. */
export interface List<T> {
  readonly items: readonly T[];
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Any object. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: Readonly<Record<string, unknown>>;
}

export interface Pod {
  readonly metadata: Metadata;
  readonly spec: {
    readonly nodeName?: string;
    readonly volumes?: readonly { readonly persistentVolumeClaim?: { readonly claimName: string } }[];
  };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

export interface Workload {
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec: { readonly replicas: number };
  readonly status: { readonly readyReplicas?: number; readonly updatedReplicas?: number };
}

interface Claim {
  readonly metadata: Metadata;
  readonly spec: { readonly volumeName?: string };
  readonly status: { readonly phase: string };
}

interface Volume {
  readonly metadata: Metadata;
  readonly spec: {
    readonly nodeAffinity?: {
      readonly required: {
        readonly nodeSelectorTerms: readonly {
          readonly matchExpressions: readonly { readonly key: string; readonly values: string[] }[];
        }[];
      };
    };
  };
}

/** Where a pod is, and where its volume is. */
export interface Placement {
  readonly pod: string;
  readonly node?: string;
  readonly zone?: string;
  readonly ready: boolean;
  /** One for each claim: its phase, and the zones that its volume can be used in. */
  readonly volumes: readonly { readonly phase: string; readonly zones: readonly string[] }[];
}

export const ZONE_LABEL = 'topology.kubernetes.io/zone';
const POLL_MS = 500;

/** Runs kubectl in a region with objects as its input. */
export function withObjects(regionId: number, objects: readonly object[], ...args: readonly string[]): ReturnType<typeof tryKubectl> {
  return tryKubectl(regionId, [...args, '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) });
}

/** What the API server would say to objects, with strict validation and without storing them. */
export function dryRun(regionId: number, objects: readonly object[]): ReturnType<typeof tryKubectl> {
  // A manager of its own: with kubectl's, it would try to take over what `kubectl create` has left, and warn about that.
  const manager = ['--force-conflicts', '--field-manager=proof'] as const;
  return withObjects(regionId, objects, 'apply', '--server-side', '--dry-run=server', '--validate=strict', ...manager);
}

/** Names of the zones by the names of their nodes. */
export async function zonesByNode(regionId: number): Promise<Map<string, string>> {
  const { items } = await kubectlJson<List<KubernetesObject>>(regionId, 'get', 'nodes');
  return new Map(items.map(({ metadata }) => [metadata.name, metadata.labels?.[ZONE_LABEL] ?? '']));
}

/** Where the pods with a label are. */
export async function placements(regionId: number, selector: Readonly<Record<string, string>>): Promise<Placement[]> {
  const inNamespace = ['--namespace', bed().regions[regionId].namespace];
  const labels = Object.entries(selector).map(pair => pair.join('='));
  const [pods, claims, volumes, zones] = await Promise.all([
    kubectlJson<List<Pod>>(regionId, 'get', 'pods', ...inNamespace, '--selector', labels.join()),
    kubectlJson<List<Claim>>(regionId, 'get', 'persistentvolumeclaims', ...inNamespace),
    kubectlJson<List<Volume>>(regionId, 'get', 'persistentvolumes'),
    zonesByNode(regionId),
  ]);
  const volumeOf = (claimName: string): Placement['volumes'][number] => {
    const claim = claims.items.find(({ metadata }) => metadata.name === claimName);
    const volume = volumes.items.find(({ metadata }) => metadata.name === claim?.spec.volumeName);
    const terms = volume?.spec.nodeAffinity?.required.nodeSelectorTerms ?? [];
    const expressions = terms.flatMap(({ matchExpressions }) => matchExpressions).filter(({ key }) => key.endsWith('/zone'));
    return { phase: claim?.status.phase ?? 'missing', zones: expressions.flatMap(({ values }) => values) };
  };
  return pods.items.map(({ metadata, spec, status }) => ({
    pod: metadata.name,
    node: spec.nodeName,
    zone: zones.get(spec.nodeName ?? ''),
    ready: status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false,
    volumes: (spec.volumes ?? []).flatMap(volume =>
      volume.persistentVolumeClaim ? [volumeOf(volume.persistentVolumeClaim.claimName)] : [],
    ),
  }));
}

/** By how much the zone with most of some pods exceeds the one with fewest. A zone without any counts. */
export function skew(found: readonly Placement[], zones: Iterable<string>): number {
  const counts = [...new Set(zones)].map(zone => found.filter(placement => placement.zone === zone).length);
  return Math.max(...counts) - Math.min(...counts);
}

/** Asks until the answer is as wanted or the time is over, and returns the last answer. */
export async function eventually<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean, limitMs = 60_000): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (wanted(answer) || Date.now() > end) return answer;
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}
