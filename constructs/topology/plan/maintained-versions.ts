import type { ResolvedSettings } from '../settings/resolved-settings';
import { CAMUNDA_VERSIONS } from '../versions/camunda-versions';
import type { SupportEnd } from '../versions/dated-fact';
import { isInRange } from '../versions/elasticsearch-version';
import { extendedSupportUntil, KUBERNETES_VERSIONS } from '../versions/kubernetes-versions';
import { CONTROLLER_ENDS, ELASTICSEARCH_ENDS, NODE_IMAGE_ENDS, supportEndOf } from '../versions/support-ends';

/**
 * A version that a configuration deploys and that somebody maintains for a while.
 *
 * @internal
 */
export interface MaintainedVersion {
  readonly product: string;
  /** Who maintains it. */
  readonly publisher: string;
  readonly version: string;
  /** Where the version is chosen. */
  readonly setting: string;
  readonly end: SupportEnd;
  /** What ends. */
  readonly support: 'standard support' | 'maintenance';
  /** Until when more can be paid for it, ISO date. */
  readonly extendedUntil?: string;
  /** What to do when it ends. */
  readonly advice: string;
}

/**
 * Every version of a configuration whose end of support is known, or known to be unknown.
 *
 * Values may be of any kind: what is no version that this library knows is left out, and has a problem of its own.
 *
 * @internal
 */
export function maintainedVersions(settings: ResolvedSettings): MaintainedVersion[] {
  return [
    ...camundaVersions(settings),
    ...kubernetesVersions(settings),
    ...nodeImages(settings),
    ...elasticsearchVersions(settings),
    ...controllerVersions(settings),
  ];
}

function camundaVersions({ camunda }: ResolvedSettings): MaintainedVersion[] {
  return ofTable(CAMUNDA_VERSIONS, camunda.version, ({ minor, supportedUntil }) => ({
    product: 'Camunda',
    publisher: 'Camunda',
    version: minor,
    setting: 'camunda.version',
    end: supportedUntil,
    support: 'standard support',
    advice: 'upgrade to the next version as docs/upgrade.md says, or agree on extended support',
  }));
}

function kubernetesVersions(settings: ResolvedSettings): MaintainedVersion[] {
  const found = settings.regions.flatMap(({ kubernetes: own }, regionId) => {
    const version = own?.version ?? settings.kubernetes.version;
    return ofTable(KUBERNETES_VERSIONS, version, ({ supportedUntil }) => ({
      product: 'Kubernetes on EKS',
      publisher: 'EKS',
      version,
      setting: own?.version === undefined ? 'kubernetes.version' : `regions[${regionId}].kubernetes.version`,
      end: supportedUntil,
      support: 'standard support',
      extendedUntil: extendedSupportUntil(supportedUntil.value),
      advice: 'upgrade as docs/upgrade-kubernetes.md says: in extended support a control plane costs six times as much',
    }));
  });
  // What both regions have in common is told once.
  return found.filter(({ setting }, i) => found.findIndex(other => other.setting === setting) === i);
}

function nodeImages({ nodes }: ResolvedSettings): MaintainedVersion[] {
  return ofTable(NODE_IMAGE_ENDS, nodes.amiFamily, end => ({
    product: 'image of the nodes',
    publisher: 'AWS',
    version: nodes.amiFamily,
    setting: 'nodes.amiFamily',
    end,
    support: 'maintenance',
    advice: 'choose another operating system: its node groups are made before the old ones go',
  }));
}

function elasticsearchVersions({ camunda, images }: ResolvedSettings): MaintainedVersion[] {
  return ofTable(CAMUNDA_VERSIONS, camunda.version, ({ images: { elasticsearch }, elasticsearchVersions: ranges }) => {
    const tag = images.elasticsearchTag ?? elasticsearch.tag;
    if (!isInRange(tag, ranges)) return undefined;
    return ending(ELASTICSEARCH_ENDS, tag, {
      product: 'Elasticsearch',
      publisher: 'Elastic',
      setting: 'images.elasticsearchTag',
      advice: 'choose a newer version that Camunda supports, and update one region after the other',
    });
  });
}

const CONTROLLERS = [
  ['loadBalancerController', 'AWS Load Balancer Controller', 'AWS'],
  ['elasticOperator', 'Elastic Cloud on Kubernetes', 'Elastic'],
  ['externalSecrets', 'External Secrets', 'its project'],
  ['certManager', 'cert-manager', 'its project'],
] as const;

function controllerVersions({ controllers, tls }: ResolvedSettings): MaintainedVersion[] {
  return CONTROLLERS.filter(([key]) => key !== 'certManager' || tls.enabled).flatMap(([key, product, publisher]) => {
    const found = ending(CONTROLLER_ENDS[key], controllers[key].version, {
      product,
      publisher,
      setting: `controllers.${key}.version`,
      advice: 'choose a newer version as docs/decisions/0022-controller-versions.md says',
    });
    return found ? [found] : [];
  });
}

function ofTable<Entry>(
  table: Readonly<Record<string, Entry>>,
  key: unknown,
  versionOf: (entry: Entry) => MaintainedVersion | undefined,
): MaintainedVersion[] {
  const version = typeof key === 'string' && Object.hasOwn(table, key) ? versionOf(table[key]) : undefined;
  return version ? [version] : [];
}

function ending(
  ends: Readonly<Record<string, SupportEnd>>,
  version: unknown,
  rest: Omit<MaintainedVersion, 'version' | 'end' | 'support'>,
): MaintainedVersion | undefined {
  const end = typeof version === 'string' ? supportEndOf(ends, version) : undefined;
  return end && { ...rest, version: String(version), end, support: 'maintenance' };
}
