import { planOf } from '../../../constructs/topology/plan-of';
import { awsState } from '../support/aws-state';
import { bed } from '../support/bed';
import { cdkWith, deployedApp, synthesised } from '../support/cdk';
import { figure, seconds } from '../support/figure';
import { kubectl, kubectlJson, tryKubectl } from '../support/kubectl';
import {
  askForEviction,
  aws,
  bothRegions,
  BROKERS,
  brokerSet,
  changedConfiguration,
  CONNECTORS,
  eventually,
  isReady,
  mostBrokersDown,
  namespaceOf,
  onceInBothRegions,
  pods,
  type Pod,
  restoreDeployment,
  settled,
  STACK_NAMES,
  statefulSet,
  unchangedStacks,
  volumesOf,
  withTwoMoreBrokers,
} from '../support/life';
import { LostRegion, withoutAws } from '../support/lost-region';
import { elasticsearchReady, restartOperator } from '../support/operators';

const LONG_MS = 400_000;
const ZONE = 'topology.kubernetes.io/zone';
/** Not the default, and one that CloudWatch knows. */
const OTHER_RETENTION_DAYS = 30;

const AT_ONCE = ['--force', '--grace-period=0'];
const onNode = (node: string): string[] => ['--field-selector', `spec.nodeName=${node}`];

interface Nodes {
  readonly items: readonly { readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> } }[];
}

describe('life', () => {
  describe('adding a broker to each region', () => {
    let before: readonly (readonly string[])[];

    beforeAll(async () => {
      before = await bothRegions(volumesOf);
    });

    afterAll(restoreDeployment, LONG_MS);

    test(
      'changes the two Camunda stacks and no other, and every broker comes up',
      async () => {
        const app = await synthesised(withTwoMoreBrokers());
        const started = Date.now();
        const outcome = await cdkWith({ app }, 'deploy', '--all', '--require-approval', 'never', '--concurrency', '2');
        expect({ code: outcome.code, output: outcome.output }).toMatchObject({ code: 0 });
        figure('cdk deploy --all --concurrency 2', seconds(Date.now() - started));
        expect(unchangedStacks(outcome).sort()).toEqual(STACK_NAMES.filter(name => !name.startsWith('Camunda')).sort());
        await bothRegions(settled);
        figure('until all brokers were ready', seconds(Date.now() - started));
      },
      LONG_MS,
    );

    test.each([0, 1])('adds exactly one pod to the StatefulSet of region %i, which has the next ordinal', async regionId => {
      const old = bed().regions[regionId].topology.brokers.map(({ podName }) => podName);
      const names = (await pods(regionId, BROKERS)).map(({ metadata }) => metadata.name).sort();
      expect(names).toEqual([...old, `${brokerSet(regionId)}-${old.length}`].sort());
    });

    test.each([0, 1])('leaves every volume of region %i as it was, and adds one', async regionId => {
      const after = await volumesOf(regionId);
      expect(after).toEqual(expect.arrayContaining([...before[regionId]]));
      expect(after).toHaveLength(before[regionId].length + 1);
      figure('volumes that stayed', before[regionId].length);
    });
  });

  const restarted = onceInBothRegions(async regionId => {
    const old = (await pods(regionId, BROKERS)).map(({ metadata }) => metadata.uid);
    const started = Date.now();
    const most = await mostBrokersDown(regionId, async () => {
      await kubectl(regionId, 'rollout', 'restart', `statefulset/${brokerSet(regionId)}`, '-n', namespaceOf(regionId));
      await settled(regionId);
    });
    const took = Date.now() - started;
    return { old, most, took, now: (await pods(regionId, BROKERS)).map(({ metadata }) => metadata.uid) };
  });

  test.each([0, 1])(
    'a restart of the brokers of region %i never has two of them down at once',
    async regionId => {
      const { old, most, took, now } = await restarted(regionId);
      expect(now.filter(uid => old.includes(uid))).toEqual([]);
      expect(most).toBe(1);
      figure(`restart of ${now.length} brokers`, seconds(took));
    },
    LONG_MS,
  );

  const refusedEviction = onceInBothRegions(async regionId => {
    const [first, second] = await pods(regionId, BROKERS);
    const annotate = (value: string): Promise<string> =>
      kubectl(regionId, 'annotate', 'pod', first.metadata.name, '-n', namespaceOf(regionId), '--overwrite', value);
    await eventually('an eviction is allowed', async () => (await askForEviction(regionId, second.metadata.name)) === 'Success');
    await annotate('testbed/hold=not-ready');
    try {
      await eventually('the broker is not ready', async () => !(await pods(regionId, BROKERS)).every(isReady));
      // Refused with status 429.
      await eventually('refused', async () => /TooManyRequests/.test(await askForEviction(regionId, second.metadata.name)), 20_000);
      return await askForEviction(regionId, second.metadata.name);
    } finally {
      await annotate('testbed/hold-');
      await settled(regionId);
    }
  });

  test.each([0, 1])('no broker of region %i can be evicted while another is not ready', async regionId => {
    expect(await refusedEviction(regionId)).toMatch(/violate the pod's disruption budget/);
  });

  const zoneLost = onceInBothRegions(async regionId => {
    const namespace = namespaceOf(regionId);
    const zoneOf = await zones(regionId);
    const before = await pods(regionId, BROKERS);
    const volumes = await volumesOf(regionId);
    const zone = zoneOf.get((await pods(regionId, CONNECTORS))[0].spec.nodeName!)!;
    const nodes = [...zoneOf].filter(([, of]) => of === zone).map(([name]) => name);
    const lost = before.filter(pod => nodes.includes(pod.spec.nodeName!)).map(({ metadata }) => metadata.name);
    let remaining: readonly Pod[];
    let volumesMeanwhile: readonly string[];
    try {
      await kubectl(regionId, 'cordon', ...nodes);
      await Promise.all(nodes.map(node => tryKubectl(regionId, ['delete', 'pods', '-n', namespace, ...onNode(node), ...AT_ONCE])));
      await eventually('Connectors are ready elsewhere', async () => {
        const connectors = await pods(regionId, CONNECTORS);
        return connectors.every(pod => isReady(pod) && zoneOf.get(pod.spec.nodeName!) !== zone);
      });
      await eventually('the lost brokers wait', async () => (await waiting(regionId)).join() === [...lost].sort().join());
      remaining = (await pods(regionId, BROKERS)).filter(isReady);
      volumesMeanwhile = await volumesOf(regionId);
    } finally {
      await kubectl(regionId, 'uncordon', ...nodes);
      await settled(regionId);
      // Nodes of Elasticsearch went with the zone, too.
      await restartOperator(regionId, 'eck');
      await elasticsearchReady(regionId);
    }
    return { zoneOf, before, lost, remaining, volumes, volumesMeanwhile, volumesAfter: await volumesOf(regionId) };
  });

  test.each([0, 1])(
    'losing the zone of Connectors in region %i leaves all brokers of the others, moves no volume, and Connectors come back',
    async regionId => {
      const { zoneOf, before, lost, remaining, volumes, volumesMeanwhile, volumesAfter } = await zoneLost(regionId);
      expect(lost.length).toBeLessThanOrEqual(Math.ceil(before.length / zoneCount(zoneOf)));
      expect(remaining.map(({ metadata }) => metadata.uid).sort()).toEqual(
        before
          .filter(({ metadata }) => !lost.includes(metadata.name))
          .map(({ metadata }) => metadata.uid)
          .sort(),
      );
      expect(volumesMeanwhile).toEqual(volumes);
      expect(volumesAfter).toEqual(volumes);
      figure('brokers left', `${remaining.length} of ${before.length}`);
      figure('partitions that each zone would take the majority of, if lost', withoutMajority(regionId, before, zoneOf));
    },
    LONG_MS,
  );

  describe('losing a region', () => {
    const replicas = (): number => planOf(bed().topology).settings.connectors.replicas + 1;
    let app: string;

    afterAll(restoreDeployment, LONG_MS);

    test(
      'does not keep a change from being synthesised, which asks no region for anything',
      async () => {
        const configurationFile = changedConfiguration('lost-region', settings => ({
          ...settings,
          kubernetes: { ...settings.kubernetes, logRetentionDays: OTHER_RETENTION_DAYS },
          connectors: { ...settings.connectors, replicas: replicas() },
        }));
        const asked = await withoutAws(async env => {
          app = await synthesised(configurationFile, env);
        });
        expect(asked).toEqual([]);
      },
      LONG_MS,
    );

    describe.each([0, 1])('while the other region is gone, region %i', regionId => {
      const lostId = 1 - regionId;
      let lost: LostRegion | undefined;

      beforeAll(async () => {
        lost = await LostRegion.lose(lostId);
      });

      afterAll(async () => {
        await lost?.recover();
        await eventually('the region answers again', async () => {
          const { code } = await tryKubectl(lostId, ['wait', 'node', '--all', '--for=condition=Ready', '--timeout=5s'], {
            timeoutMs: 8000,
          });
          return code === 0;
        });
        await settled(lostId);
      }, LONG_MS);

      test(
        'is the only one that answers',
        async () => {
          const { code } = await tryKubectl(lostId, ['get', '--raw', '/readyz', '--request-timeout=2s']);
          expect(code).not.toBe(0);
          // One that would have been answered: the control of `requests of the lost region` below.
          await expect(aws(lostId, lost!.env, 'cloudformation', 'describe-stacks')).rejects.toThrow(/exit code/);
          expect(lost!.refused).not.toEqual([]);
        },
        LONG_MS,
      );

      test(
        'takes a change of its cluster and of Camunda, as the README says',
        async () => {
          lost!.refused.length = 0;
          const started = Date.now();
          const outcome = await cdkWith({ app, env: lost!.env }, 'deploy', `Camunda/*${regionId}`, '--require-approval', 'never');
          expect({ code: outcome.code, output: outcome.output }).toMatchObject({ code: 0 });
          // A bucket is for data, and has no logs.
          expect(unchangedStacks(outcome)).toEqual([`SnapshotCopies${regionId}`]);
          figure('cdk deploy', seconds(Date.now() - started));
          expect(lost!.refused).toEqual([]);
          figure('requests of the lost region', 0);
          await eventually('Connectors have grown', async () => {
            const ready = (await pods(regionId, CONNECTORS)).filter(isReady);
            return ready.length === replicas();
          });
          const retained = (await awsState())[regionId].logGroups.filter(({ retentionInDays }) => retentionInDays === OTHER_RETENTION_DAYS);
          expect(retained).not.toEqual([]);
        },
        LONG_MS,
      );
    });
  });

  test(
    'after all this, deploying finds no changes',
    async () => {
      const outcome = await cdkWith({ app: deployedApp() }, 'deploy', '--all', '--require-approval', 'never', '--concurrency', '2');
      expect(unchangedStacks(outcome).sort()).toEqual([...STACK_NAMES].sort());
      for (const { regionId, topology } of bed().regions) {
        expect((await statefulSet(regionId)).spec.replicas).toBe(topology.brokers.length);
      }
    },
    LONG_MS,
  );
});

async function zones(regionId: number): Promise<Map<string, string>> {
  const { items } = await kubectlJson<Nodes>(regionId, 'get', 'nodes');
  return new Map(items.map(({ metadata }) => [metadata.name, metadata.labels[ZONE]]));
}

function zoneCount(zoneOf: ReadonlyMap<string, string>): number {
  return new Set(zoneOf.values()).size;
}

async function waiting(regionId: number): Promise<string[]> {
  const all = await pods(regionId, BROKERS);
  return all
    .filter(({ status, spec }) => status.phase === 'Pending' && spec.nodeName === undefined)
    .map(({ metadata }) => metadata.name)
    .sort();
}

/** How many partitions lose half or more of their replicas with each zone: they stand still until it is back. */
function withoutMajority(regionId: number, brokers: readonly Pod[], zoneOf: ReadonlyMap<string, string>): string {
  const { partitions, brokers: all } = bed().topology;
  return [...new Set(zoneOf.values())]
    .map(zone => {
      const names = brokers.filter(({ spec }) => zoneOf.get(spec.nodeName!) === zone).map(({ metadata }) => metadata.name);
      const lost = new Set(
        all.filter(broker => broker.regionId === regionId && names.includes(broker.podName)).map(({ nodeId }) => nodeId),
      );
      const stopped = partitions.filter(({ replicas }) => 2 * replicas.filter(({ nodeId }) => lost.has(nodeId)).length >= replicas.length);
      return `${zone} ${stopped.length} of ${partitions.length}`;
    })
    .join(', ');
}
