import { planOf } from '../../../constructs/topology/plan-of';
import type { ResolvedSettings } from '../../../constructs/topology/settings/resolved-settings';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { KUBERNETES_VERSIONS } from '../../../constructs/topology/versions/kubernetes-versions';
import { awsState } from '../support/aws-state';
import { bed } from '../support/bed';
import { ChangingSystem, keptObjects, rolls, type KeptObjects, type Restarted } from '../support/changes';
import { figure, seconds } from '../support/figure';
import { CONNECTORS, pods } from '../support/life';

const LONG_MS = 400_000;
const NONE: Restarted = { brokers: [], connectors: [], nodes: [] };
const BOTH = [0, 1];

interface Step {
  readonly what: string;
  readonly change: (settings: DualRegionSettings) => DualRegionSettings;
  readonly restarted?: Partial<Restarted>;
  /** What the deployment fails with. It is rolled back then. */
  readonly refusal?: RegExp;
  /** What is looked at afterwards, and what is there. */
  readonly look?: () => Promise<unknown>;
  readonly seen?: () => unknown;
}

const deployed = (): ResolvedSettings => planOf(bed().topology).settings;
const withNodes = (settings: DualRegionSettings, nodes: DualRegionSettings['nodes']): DualRegionSettings => ({
  ...settings,
  nodes: { ...settings.nodes, ...nodes },
});
const moreNodes = (by: number): DualRegionSettings['nodes'] => ({
  perZone: deployed().nodes.perZone + by,
  maxPerZone: deployed().nodes.perZone + by + 2,
});
const largerNodes = (by: number): DualRegionSettings['nodes'] => ({ volumeGiB: deployed().nodes.volumeGiB + by });
const withOwner = (settings: DualRegionSettings, owner: string): DualRegionSettings => ({ ...settings, tags: { ...settings.tags, owner } });
const withConnectors = (settings: DualRegionSettings, connectors: DualRegionSettings['connectors']): DualRegionSettings => ({
  ...settings,
  connectors: { ...settings.connectors, ...connectors },
});
const withPatch = (settings: DualRegionSettings, ...regionIds: readonly number[]): DualRegionSettings => ({
  ...settings,
  regions: settings.regions.map((region, i) => (regionIds.includes(i) ? { ...region, camundaPatch: nextPatch() } : region)),
});
const withSecretsChart = (
  settings: DualRegionSettings,
  next: (chart: { readonly repository?: string; readonly version?: string }) => { readonly repository?: string; readonly version?: string },
): DualRegionSettings => ({
  ...settings,
  controllers: { ...settings.controllers, externalSecrets: next(settings.controllers?.externalSecrets ?? {}) },
});

const withKubernetes = (settings: DualRegionSettings, version: string): DualRegionSettings => ({
  ...settings,
  kubernetes: { ...settings.kubernetes, version },
});

/** Operate and Tasklist, which a phase switches off, are part of the brokers from 8.8 on. */
const ofThePhase = (): readonly number[] => (planOf(bed().topology).version.components ? [] : BOTH);

/** A minor upgrade where a newer version is known, else the way back. */
const KUBERNETES: readonly Step[] = kubernetesSteps();

const STEPS: readonly Step[] = [
  { what: 'tags, now in the other region', change: settings => settings, restarted: { nodes: [0] } },
  { what: 'other tags', change: settings => withOwner(settings, 'platform'), restarted: { nodes: BOTH } },
  {
    what: 'more nodes',
    change: settings => withNodes(settings, moreNodes(1)),
    look: async () =>
      (await awsState()).flatMap(({ clusters }) =>
        clusters.flatMap(({ nodegroups }) => nodegroups.map(({ scalingConfig }) => scalingConfig.desiredSize)),
      ),
    seen: () => Array.from({ length: 6 }, () => deployed().nodes.perZone + 1),
  },
  { what: 'a larger volume of nodes', change: settings => withNodes(settings, largerNodes(10)), restarted: { nodes: BOTH } },
  { what: 'another instance type', change: settings => withNodes(settings, { instanceType: 'm6i.4xlarge' }), restarted: { nodes: BOTH } },
  {
    what: 'tags that are taken away',
    change: settings => ({ ...settings, tags: Object.fromEntries(Object.entries(settings.tags ?? {}).filter(([key]) => key !== 'owner')) }),
    restarted: { nodes: BOTH },
  },
  {
    what: 'log retention, and a role of operators',
    change: settings => ({
      ...settings,
      kubernetes: { ...settings.kubernetes, logRetentionDays: 14, adminRoleArns: ['arn:aws:iam::123456789012:role/Operators'] },
    }),
  },
  {
    what: 'more Connectors',
    change: settings => withConnectors(settings, { replicas: 3 }),
    look: async () => (await pods(0, CONNECTORS)).length,
    seen: () => 3,
  },
  {
    what: 'no Connectors',
    change: settings => withConnectors(settings, { enabled: false }),
    restarted: { connectors: BOTH },
  },
  {
    what: 'Connectors again',
    change: settings => withConnectors(settings, { enabled: true }),
    look: async () => (await pods(1, CONNECTORS)).length,
    seen: () => 3,
  },
  { what: 'a patch of Camunda in region 1', change: settings => withPatch(settings, 1), restarted: { brokers: [1] } },
  { what: 'the same patch in region 0', change: settings => withPatch(settings, 0), restarted: { brokers: [0] } },
  {
    what: "a version of a controller's chart that there is not",
    change: settings => withSecretsChart(settings, chart => ({ ...chart, version: '0.0.1' })),
    refusal: /external-secrets/,
  },
  {
    what: "another address of a controller's chart",
    change: settings => withSecretsChart(settings, chart => ({ ...chart, repository: `${chart.repository}/` })),
  },
  { what: 'backup off', change: settings => ({ ...settings, backup: { enabled: false } }) },
  { what: 'backup on', change: settings => ({ ...settings, backup: { enabled: true } }) },
  {
    what: 'the phase of a failback',
    change: settings => ({ ...settings, recovery: { recreatedRegion: 1 } }),
    restarted: { brokers: ofThePhase() },
  },
  { what: 'its end', change: settings => ({ ...settings, recovery: {} }), restarted: { brokers: ofThePhase() } },
  ...KUBERNETES,
  {
    what: 'a larger volume together with more nodes, which EKS refuses',
    change: settings => withNodes(settings, { ...moreNodes(2), ...largerNodes(20) }),
    refusal: /cannot be combined with other updates/,
  },
];

describe('changes', () => {
  const system = new ChangingSystem();
  let before: KeptObjects;

  beforeAll(async () => (before = await keptObjects()));

  test(
    'tags roll the nodes of the region that is deployed, one zone after the other, and touch nothing else of their groups',
    async () => {
      const { outcome, updates, ...restarted } = await system.deploy(settings => withOwner(settings, 'operations'), ['Camunda/*1']);
      expect({ code: outcome.code, output: outcome.output }).toMatchObject({ code: 0 });
      expect(restarted).toEqual({ ...NONE, nodes: [1] });
      expect(new Set(updates.filter(rolls).map(({ id }) => id)).size).toBe(3);
      expect(updates.filter(rolls).flatMap(({ fields }) => fields)).toEqual(Array(3).fill('LaunchTemplate'));
    },
    LONG_MS,
  );

  test.each(STEPS.filter(({ refusal }) => refusal === undefined))(
    '$what: nothing is restarted or replaced but what it says',
    async ({ change, restarted, look, seen }) => {
      const started = Date.now();
      const { outcome, brokers, connectors, nodes } = await system.deploy(change);
      expect({ code: outcome.code, output: outcome.output }).toMatchObject({ code: 0 });
      expect({ brokers, connectors, nodes }).toEqual({ ...NONE, ...restarted });
      expect(await look?.()).toEqual(seen?.());
      figure('deployed and settled in', seconds(Date.now() - started));
    },
    LONG_MS,
  );

  test.each(STEPS.filter(({ refusal }) => refusal !== undefined))(
    '$what: the stacks are as before, and nothing is restarted',
    async ({ change, refusal }) => {
      const { outcome, brokers, connectors, nodes } = await system.deploy(change);
      expect(outcome.code).not.toBe(0);
      expect(outcome.output).toMatch(refusal!);
      expect({ brokers, connectors, nodes }).toEqual(NONE);
      const statuses = (await awsState()).flatMap(({ stacks }) => stacks.map(({ status }) => status));
      expect(statuses.filter(status => !/^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(status))).toEqual([]);
    },
    LONG_MS,
  );

  test('volumes, secrets, forwarders and buckets are the same as before', async () => {
    expect(await keptObjects()).toEqual(before);
  });
});

/** The patch after the one that is deployed. */
function nextPatch(): string {
  const { tag } = CAMUNDA_VERSIONS[deployed().camunda.version].images.camunda;
  const [major, minor, patch] = tag.split('.');
  return [major, minor, Number(patch) + 1].join('.');
}

function kubernetesSteps(): Step[] {
  const known = Object.keys(KUBERNETES_VERSIONS);
  const position = known.indexOf(deployed().kubernetes.version);
  const [older, newer] = [known[position - 1], known[position + 1]];
  if (newer !== undefined) {
    return [
      {
        what: 'a minor version of Kubernetes, of control planes and nodes',
        change: settings => withKubernetes(settings, newer),
        restarted: { nodes: BOTH },
      },
    ];
  }
  return [
    {
      what: 'an older Kubernetes, which EKS refuses',
      change: settings => withKubernetes(settings, older),
      refusal: /Unsupported Kubernetes minor version update/,
    },
  ];
}
