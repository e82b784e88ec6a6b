import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { bed } from '../support/bed';
import { synthesised } from '../support/cdk';
import { figure, seconds } from '../support/figure';
import { kubectl, kubectlJson } from '../support/kubectl';
import {
  bothRegions,
  brokerSet,
  changedConfiguration,
  eventually,
  namespaceOf,
  restoreDeployment,
  settled,
  statefulSet,
} from '../support/life';
import { LostRegion } from '../support/lost-region';
import { deployCamunda, deployedFolder, removeCamunda } from '../support/recovery/camunda-deployment';
import { forgetRecoveries, operatorsDone } from '../support/recovery/operators';
import { hasTemplate, makeSchema, recordsIn, SCHEMA_INDICES } from '../support/recovery/records';
import { buildRecover, eksEnvironment, operatorEnvironment, recover, RecoverRun } from '../support/recovery/recover-program';
import { StandInCluster } from '../support/recovery/stand-in-cluster';
import { TunnelServers } from '../support/recovery/tunnel-servers';
import { UserActivity } from '../support/recovery/user-activity';
import { describedWithBrokers } from '../support/recovery/wrong-description';
import { snapshotFolder, startSearchNodes, stopSearchNodes, type SearchNodes } from '../support/search';

const LONG_MS = 400_000;

/**
 * The program as it is shipped, with the rights of the deployed Role and kubeconfigs alone: it reads and writes through real API
 * servers, and its tunnels end in a stand-in for Camunda and in two real Elasticsearch, which know the users of the deployment.
 */
describe('recover', () => {
  let cluster: StandInCluster;
  let servers: TunnelServers;
  let nodes: SearchNodes;
  let repository: string[];
  let ada: NodeJS.ProcessEnv;
  let bob: NodeJS.ProcessEnv;

  beforeAll(async () => {
    repository = ['--repository-type', 'fs', '--repository-setting', `location=${snapshotFolder()}`];
    await buildRecover();
    [ada, bob] = [await operatorEnvironment('ada'), await operatorEnvironment('bob', { clockAhead: true })];
    await bothRegions(forgetRecoveries);
    await bothRegions(operatorsDone);
    nodes = await startSearchNodes();
    cluster = new StandInCluster(nodes);
    await cluster.begin();
    servers = await TunnelServers.start(cluster, nodes);
    cluster.work(300);
    await eventually('all records are exported', () => Promise.resolve(cluster.allExported));
  }, LONG_MS);

  afterAll(async () => {
    await servers.stop();
    await cluster.stop();
    await stopSearchNodes();
    await bothRegions(forgetRecoveries);
    await restoreDeployment();
  }, LONG_MS);

  test('finds what is deployed, and says that all is well', async () => {
    const { code, stdout } = await recover(ada, 'status');
    expect(code).toBe(0);
    for (const { awsRegion } of bed().regions) expect(stdout).toContain(awsRegion);
    expect(stdout).toContain(`all ${bed().topology.partitions.length} have a leader`);
    // Elasticsearch shows what was just exported after a second, and what the proofs before have left may still be starting.
    const verified = await recover(ada, 'verify', '--wait', '120');
    const text: string = expect.any(String) as string;
    expect(verified).toMatchObject({ code: 0, stdout: text, stderr: text });
  });

  test('works with tokens that the AWS CLI gets for EKS', async () => {
    const { code, stdout } = await recover(await eksEnvironment(), 'status');
    expect(code).toBe(0);
    expect(stdout).toContain(`all ${bed().topology.partitions.length} have a leader`);
  });

  test('refuses a failover while brokers of the region run', async () => {
    const { code, stderr } = await recover(ada, 'failover', '--lost', 'region1', '--yes');
    expect({ code, stderr }).toMatchObject({ code: 3 });
    expect(stderr).toContain('--fenced');
    expect(cluster.writes).toEqual([]);
  });

  test('refuses at once a description that is not that of this cluster', async () => {
    const { length } = cluster.topology.regions.flatMap(({ brokers }) => brokers);
    const described = length === 8 ? 12 : 8;
    const started = Date.now();
    const { code, stderr } = await describedWithBrokers(described, () =>
      recover(ada, 'failover', '--lost', 'region1', '--fenced', '--yes'),
    );
    figure('refusal of a wrong description, with the change of the description', seconds(Date.now() - started));
    expect({ code, stderr }).toMatchObject({ code: 3 });
    expect(stderr).toContain(`the cluster has ${length} brokers, the description says ${described}`);
    expect(cluster.writes).toEqual([]);
  });

  describe.each(lostRegions())('when region %i is lost', lostId => {
    const survivingId = 1 - lostId;
    const name = `region${lostId}`;
    let lost: LostRegion | undefined;
    let failback: RecoverRun;
    let recreated: string;
    let users: UserActivity | undefined;

    beforeAll(async () => {
      // Synthesised while both regions are well: people have it ready, or take the time later.
      recreated = await synthesised(
        changedConfiguration(`recreated-${lostId}`, settings => ({ ...settings, recovery: { recreatedRegion: lostId } })),
      );
    }, LONG_MS);

    afterAll(async () => {
      await users?.stop();
      await lost?.recover();
    });

    test('it can be cut off with the rights of a recovery, while it is still there', async () => {
      const { namespace, topology } = bed().regions[lostId];
      expect(await recover(ada, 'fence', '--region', name, '--how', 'isolate', '--yes')).toMatchObject({ code: 0 });
      expect(await recover(ada, 'fence', '--region', name, '--how', 'scale', '--yes')).toMatchObject({ code: 0 });
      const found = await kubectlJson<{ items: { metadata: { name: string } }[] }>(
        lostId,
        '--namespace',
        namespace,
        'get',
        'networkpolicies',
      );
      const policies = found.items.map(item => item.metadata.name);
      const { members, denyAll } = cluster.topology.regions[lostId].networkPolicies;
      expect(policies).toContain(denyAll);
      expect(policies.filter(policy => members.includes(policy))).toEqual([]);
      expect((await statefulSet(lostId)).spec.replicas).toBe(0);
      await eventually('its brokers are gone', () =>
        Promise.resolve(topology.brokers.every(({ brokerId }) => !cluster.model.up.has(brokerId))),
      );
    });

    test('its silence alone is no loss: nobody can tell it from a cut on the way there', async () => {
      cluster.writes.length = 0;
      cluster.model.forced = 0;
      lost = await LostRegion.lose(lostId);
      nodes[lostId].kill();
      cluster.lose(lostId);
      const { code, stderr } = await recover(ada, 'failover', '--lost', name, '--yes');
      expect({ code, stderr }).toMatchObject({ code: 3 });
      expect(stderr).toContain('--fenced');
      expect(cluster.writes).toEqual([]);
    });

    test('one of two operators fails over, as it was cut off before, and the other is told who does', async () => {
      const report = join(bed().folder, 'recovery', `failover-${lostId}`);
      const started = Date.now();
      const outcomes = await Promise.all(
        [ada, bob].map(operator => recover(operator, 'failover', '--lost', name, '--fenced', '--yes', '--report', report)),
      );
      figure('failover, two operators', seconds(Date.now() - started));
      // The other one meets the lease, or comes so late that it meets the record.
      const codes = outcomes.map(({ code }) => code).sort();
      expect({ outcomes, allowed: ['0,3', '0,4'].includes(codes.join()) }).toMatchObject({ allowed: true });
      expect(cluster.model.forced).toBe(1);
      expect(cluster.model.violations).toEqual([]);
      expect(outcomes.find(({ code }) => code !== 0)?.stderr).toMatch(/runs this recovery|has gone on with this recovery|is not finished/);
      const [verified, status] = await Promise.all([recover(ada, 'verify', '--lost', name), recover(bob, 'status')]);
      expect(verified).toMatchObject({ code: 0 });
      expect(status).toMatchObject({ code: 0, stdout: expect.stringContaining('its Kubernetes API does not answer') });
    });

    test('processes go on, and their records reach the region that is left', async () => {
      cluster.work(150);
      await eventually('all records are exported', () => Promise.resolve(cluster.allExported));
      expect(await recordsIn(nodes[survivingId])).toHaveLength(cluster.model.written);
    });

    test('an old region that comes back with its old data is told at once, and can be cut off again', async () => {
      const { brokers } = bed().regions[lostId].topology;
      const lives = (): boolean => brokers.some(({ brokerId }) => cluster.model.up.has(brokerId));
      await lost?.recover();
      await kubectl(
        lostId,
        '--namespace',
        namespaceOf(lostId),
        'scale',
        `statefulset/${brokerSet(lostId)}`,
        '--replicas',
        `${brokers.length}`,
      );
      cluster.recreate(lostId);
      await eventually('gateways see its brokers', () => Promise.resolve(lives()));
      const started = Date.now();
      const returned = await recover(ada, 'verify', '--lost', name);
      figure('until a returned region was told', seconds(Date.now() - started));
      expect(returned).toMatchObject({ code: 1 });
      expect(returned.stdout).toContain(`region ${lostId} has come back with its old data`);
      expect(await recover(ada, 'fence', '--region', name, '--how', 'scale', '--yes')).toMatchObject({ code: 0 });
      await eventually('its brokers are gone', () => Promise.resolve(!lives()));
      await eventually('gateways have forgotten them', async () => (await recover(ada, 'verify', '--lost', name)).code === 0);
      expect(cluster.model.violations).toEqual([]);
    });

    test(
      'a failback is begun by one, interrupted, and taken over by another while people deploy',
      async () => {
        users = new UserActivity(nodes[survivingId], cluster.topology.camundaVersion);
        const first = new RecoverRun(ada, 'failback', '--recreated', name, '--yes', ...repository);
        await first.description(/Kubernetes API of region \d does not answer|declares no recreated region/);
        const interrupted = Date.now();
        first.signal('SIGINT');
        expect(await first.end()).toMatchObject({ code: 130 });
        figure('until an interruption was heeded', seconds(Date.now() - interrupted));
        failback = new RecoverRun(bob, 'resume', '--report', join(bed().folder, 'recovery', `failback-${lostId}`));
        await failback.description(/declares no recreated region|does not answer/);
      },
      LONG_MS,
    );

    test(
      'it goes on when both regions are deployed with the recreated one',
      async () => {
        const started = Date.now();
        await lost?.recover();
        await removeCamunda(recreated, lostId);
        cluster.recreate(lostId);
        await deployCamunda(recreated, lostId);
        await operatorsDone(lostId);
        // With the users and certificates that the operator has made anew.
        await nodes[lostId].startEmpty();
        if (lostId === 0) await makeSchema(nodes[lostId]);
        await deployCamunda(recreated, survivingId);
        figure('region recreated by hand and by cdk deploy', seconds(Date.now() - started));
        await failback.description(/Restore/, LONG_MS);
        expect(cluster.model.violations).toEqual([]);
        expect(users?.written).toBeGreaterThan(0);
      },
      LONG_MS,
    );

    if (lostId === 0) {
      test('a schema that was made too early stops it, and it names what to delete', async () => {
        const { code, stderr } = await failback.end();
        expect({ code, stderr }).toMatchObject({ code: 1 });
        SCHEMA_INDICES.forEach(index => expect(stderr).toContain(index));
        // What the published steps do, and Elasticsearch refuses.
        expect(await nodes[lostId].ask('elastic', 'DELETE', '/operate*,zeebe-record*')).toMatchObject({ status: 400 });
        expect(await nodes[lostId].ask('elastic', 'DELETE', `/${SCHEMA_INDICES.join(',')}`)).toMatchObject({ status: 200 });
        failback = new RecoverRun(ada, 'resume', '--report', join(bed().folder, 'recovery', `failback-${lostId}`));
      });
    }

    test(
      'it ends when both regions are deployed without',
      async () => {
        await failback.description(/Wait until both regions run everything again/, LONG_MS);
        cluster.work(70);
        const started = Date.now();
        for (const regionId of [survivingId, lostId]) {
          await deployCamunda(deployedFolder(), regionId);
          await settled(regionId);
        }
        figure('both regions deployed again', seconds(Date.now() - started));
        const { code, stdout, stderr } = await failback.end();
        expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
        figure('failback after that', seconds(Date.now() - started));
      },
      LONG_MS,
    );

    test('both regions are whole, with the same documents, though people worked in one of them', async () => {
      await users?.stop();
      await eventually('all records are exported', () => Promise.resolve(cluster.allExported));
      const [one, other] = await Promise.all(nodes.map(recordsIn));
      expect(one).toEqual(Array.from({ length: cluster.model.written }, (_, n) => n));
      expect(other).toEqual(one);
      expect(await hasTemplate(nodes[lostId])).toBe(true);
      expect(cluster.model.violations).toEqual([]);
      expect(await recover(ada, 'verify')).toMatchObject({ code: 0 });
    });

    test('the report tells each step, and the surviving region keeps the record', async () => {
      const report = readFileSync(join(bed().folder, 'recovery', `failback-${lostId}`, 'report.md'), 'utf8');
      expect(report).toContain('Restore');
      const { data } = await kubectlJson<{ data: Readonly<Record<string, string>> }>(
        survivingId,
        ...['--namespace', namespaceOf(survivingId), 'get', 'configmap', FIXED_NAMES.recoveryProgress],
      );
      expect(JSON.parse(Object.values(data)[0])).toMatchObject({
        request: { direction: 'failback', regionId: lostId },
        finishedAt: expect.any(Number),
      });
    });
  });

  test('leaders are moved into the other region and back where brokers form zones, and nowhere else', async () => {
    const { topology, model } = cluster;
    const zones = topology.regions.flatMap(({ zone }) => zone ?? []);
    const ledIn = (regionId: number): number =>
      topology.partitions.filter(({ partitionId }) => model.leaderOf(partitionId)?.startsWith(`${zones[regionId]?.name}_`)).length;
    const first = (zones[0]?.priority ?? 0) > (zones[1]?.priority ?? 0) ? 0 : 1;
    const all = topology.partitions.length;
    const before = ledIn(first);
    const seen: unknown[] = [];
    for (const to of [1 - first, first]) {
      const started = Date.now();
      const { code, stdout, stderr } = await recover(ada, 'switch', '--to', `region${to}`, '--yes');
      figure(`switch to region ${to}`, seconds(Date.now() - started));
      seen.push({ refused: code !== 0 && /numbered/.test(stdout + stderr), led: ledIn(to) });
    }
    const expected = zones.length === 0 ? { refused: true, led: 0 } : { refused: false, led: all };
    expect([before, ...seen]).toEqual([expected.led, expected, expected]);
    expect(model.violations).toEqual([]);
  });
});

/** One after the other; with the second configuration, whose plan differs, only the one that users work with. */
function lostRegions(): number[] {
  const { configuration, topology } = bed();
  return configuration === 'default' ? [1, 0] : [topology.activeRegion];
}
