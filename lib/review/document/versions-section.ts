import type { DeploymentPlan } from '../../../constructs/topology/deployment-plan';
import { planOf } from '../../../constructs/topology/plan-of';
import type { HelmSource } from '../../../constructs/topology/settings/resolved-settings';
import type { Topology } from '../../../constructs/topology/topology';
import type { ImageReference } from '../../../constructs/topology/versions/camunda-version';
import { extendedSupportUntil, KUBERNETES_VERSIONS } from '../../../constructs/topology/versions/kubernetes-versions';
import { counted, toned, toneOf } from './cells';
import { isoDate } from './dates';
import type { Cell, ReviewSection, ReviewTable } from './review-document';

/** So many days before an end it is time to plan. */
const NEAR_DAYS = 120;
const MILLISECONDS_A_DAY = 24 * 60 * 60 * 1000;

/**
 * Everything that has a version, and until when it is maintained.
 *
 * @internal
 */
export function versionsSection(topology: Topology, today: Date): ReviewSection {
  const tables = [supportTable(topology, today), imageTable(topology), addonTable(topology), controllerTable(topology)];
  const tone = toneOf(tables);
  return {
    id: 'versions',
    title: 'Versions and end of support',
    summary:
      tone === 'good' || tone === 'plain'
        ? `Nothing ends within ${NEAR_DAYS} days, as far as it is known.`
        : 'Some support has ended, or ends soon.',
    tone,
    tables,
  };
}

function supportTable(topology: Topology, today: Date): ReviewTable {
  const plan = planOf(topology);
  const { minor, supportedUntil } = plan.version;
  return {
    title: `End of support, seen on ${isoDate(today)}`,
    columns: ['what', 'version', 'support', 'until', 'verdict'],
    rows: [
      ['Camunda', minor, 'standard', supportedUntil, endVerdict(supportedUntil, today, 'upgrade as docs/upgrade.md says')],
      ...plan.kubernetesVersions().flatMap(version => kubernetesRows(version, today)),
    ],
    notes: [
      'Camunda: release announcements and, for 8.9, the metadata of the official chart; the announcement of 8.9 names a year more.',
      'EKS: Kubernetes release calendar of the Amazon EKS user guide; extended support is twelve months more.',
    ],
  };
}

function kubernetesRows(version: string, today: Date): Cell[][] {
  const { supportedUntil } = KUBERNETES_VERSIONS[version];
  const extended = extendedSupportUntil(supportedUntil);
  const what = 'Kubernetes on EKS';
  return [
    [what, version, 'standard', supportedUntil, endVerdict(supportedUntil, today, 'upgrade, or pay six times for the control plane')],
    [what, version, 'extended', extended, endVerdict(extended, today, 'then EKS updates the cluster by itself')],
  ];
}

/** A date in the words of a reviewer. What has ended is a warning: it goes on working. */
export function endVerdict(until: string, today: Date, advice: string): Cell {
  const days = Math.floor((Date.parse(until) - Date.parse(isoDate(today))) / MILLISECONDS_A_DAY);
  if (days < 0) return toned(`ended ${counted(-days, 'day')} ago: ${advice}`, 'warning');
  return days < NEAR_DAYS ? toned(`ends in ${counted(days, 'day')}: ${advice}`, 'warning') : toned(`${counted(days, 'day')} left`, 'good');
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
    notes: ['No end of support is known here for these: their publishers maintain the newest releases only.'],
  };
}
