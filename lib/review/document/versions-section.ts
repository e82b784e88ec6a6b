import type { DeploymentPlan } from '../../../constructs/topology/deployment-plan';
import { planOf } from '../../../constructs/topology/plan-of';
import type { HelmSource } from '../../../constructs/topology/settings/resolved-settings';
import type { Topology } from '../../../constructs/topology/topology';
import type { ImageReference } from '../../../constructs/topology/versions/camunda-version';
import { NEAR_END_DAYS } from '../../../constructs/topology/versions/dated-fact';
import type { Rendered } from '../rendered';
import { toneOf } from './cells';
import type { Cell, ReviewSection, ReviewTable } from './review-document';
import { supportTable } from './support-table';

/**
 * Everything that has a version, and until when it is maintained.
 *
 * @internal
 */
export function versionsSection(topology: Topology, rendered: Rendered, today: Date): ReviewSection {
  const tables = [supportTable(topology, rendered, today), imageTable(topology), addonTable(topology), controllerTable(topology)];
  const tone = toneOf(tables);
  return {
    id: 'versions',
    title: 'Versions and end of support',
    summary:
      tone === 'good' || tone === 'plain'
        ? `Nothing ends within ${NEAR_END_DAYS} days, as far as it is known.`
        : 'Some support has ended, or ends soon.',
    tone,
    tables,
  };
}

function imageTable(topology: Topology): ReviewTable {
  const { regions } = topology;
  const plan = planOf(topology);
  const { settings, version } = plan;
  const { camundaTag, connectorsTag, elasticsearchTag } = settings.images;
  const { camunda, connectors, elasticsearch } = version.images;
  const supported = version.elasticsearchVersions.map(({ major, oldestMinor }) => `${major}.${oldestMinor} or newer of ${major}`);
  return {
    title: 'Images',
    columns: ['what', 'image', 'chosen by', 'constraint'],
    rows: [
      ...regions.map(({ regionId, camundaPatch }): Cell[] => [
        `Camunda in region ${regionId}`,
        plan.camundaImage(camunda, regionId),
        chosenBy(camundaPatch ?? camundaTag),
        `a patch of ${version.minor}, the same in both regions once an upgrade is finished`,
      ]),
      ...imageRows(plan, 'Connectors', connectors, connectorsTag, `a patch of ${version.minor}`),
      ...imageRows(plan, 'Elasticsearch', elasticsearch, elasticsearchTag, `Camunda ${version.minor} supports ${supported.join(', ')}`),
    ],
  };
}

/** A row, or one for each region where their registries differ. */
function imageRows(plan: DeploymentPlan, what: string, image: ImageReference, tag: string | undefined, constraint: string): Cell[][] {
  const names = plan.settings.regions.map((_, regionId) => plan.image(image, regionId, tag));
  if (new Set(names).size === 1) return [[what, names[0], chosenBy(tag), constraint]];
  return names.map((name, regionId) => [`${what} in region ${regionId}`, name, chosenBy(tag), constraint]);
}

function chosenBy(tag: string | undefined): string {
  return tag === undefined ? 'this library' : 'the configuration';
}

function addonTable(topology: Topology): ReviewTable {
  const plan = planOf(topology);
  return {
    title: 'Kubernetes, nodes and add-ons',
    columns: ['region', 'Kubernetes', 'release of the nodes', 'vpc-cni', 'kube-proxy', 'Pod Identity agent', 'CoreDNS', 'EBS driver'],
    rows: topology.regions.map(({ regionId }) => {
      const { version, nodeRelease, addons } = plan.kubernetesOf(regionId);
      const { vpcCni, kubeProxy, podIdentityAgent, coreDns, ebsCsi } = addons;
      return [String(regionId), version, nodeRelease ?? 'chosen by EKS', vpcCni, kubeProxy, podIdentityAgent, coreDns, ebsCsi];
    }),
    notes: ["Nodes get security patches by 'kubernetes.nodeRelease' alone: without it they keep the release that they were made with."],
  };
}

function controllerTable(topology: Topology): ReviewTable {
  const {
    settings: { controllers, tls },
  } = planOf(topology);
  const charts: (readonly [string, HelmSource])[] = [
    ['AWS Load Balancer Controller', controllers.loadBalancerController],
    ['Elastic Cloud on Kubernetes', controllers.elasticOperator],
    ['External Secrets', controllers.externalSecrets],
    ...(tls.enabled ? [['cert-manager', controllers.certManager] as const] : []),
  ];
  return {
    title: 'Controllers',
    columns: ['chart', 'version', 'repository'],
    rows: charts.map(([name, { version, repository }]) => [name, version, repository]),
  };
}
