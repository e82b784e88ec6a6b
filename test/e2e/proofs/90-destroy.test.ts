import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { snapshotStorage } from '../../../constructs/topology/plan/snapshot-storage';
import { awsState } from '../support/aws-state';
import { bed } from '../support/bed';
import { cdkWith, deployedApp } from '../support/cdk';
import { figure, seconds } from '../support/figure';
import { kubectlJson } from '../support/kubectl';
import { aws, bothRegions, namespaceOf } from '../support/life';

const LONG_MS = 600_000;

interface Volumes {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly storageClassName: string; readonly claimRef?: { readonly namespace: string } };
    readonly status: { readonly phase: string };
  }[];
}

interface Namespaces {
  readonly items: readonly { readonly metadata: { readonly name: string }; readonly status: { readonly phase: string } }[];
}

/** The last proof: after it, only a new deployment makes the bed useful again. */
describe('destroy', () => {
  let volumes: readonly (readonly string[])[];

  beforeAll(async () => {
    volumes = await bothRegions(async regionId => (await volumesOf(regionId)).map(({ metadata }) => metadata.name).sort());
  });

  test(
    'cdk destroy --all deletes every stack',
    async () => {
      // As the README says in one configuration; in the other both regions at once, without another synthesis.
      const asDocumented = bed().configuration === 'default';
      const options = asDocumented ? {} : { app: deployedApp() };
      const given = ['--all', '--force', ...(asDocumented ? [] : ['--concurrency', '2'])];
      const started = Date.now();
      const { code, output } = await cdkWith({ ...options, timeoutMs: LONG_MS }, 'destroy', ...given);
      expect({ code, output }).toMatchObject({ code: 0 });
      figure(`cdk destroy ${given.join(' ')}`, seconds(Date.now() - started));
      const names = (await awsState()).map(({ stacks }) => stacks.map(({ name }) => name));
      expect(names).toEqual([['CDKToolkit'], ['CDKToolkit']]);
    },
    LONG_MS,
  );

  test.each([0, 1])('nothing of ours stays in AWS region %i', async regionId => {
    const { keys, stacks, natGateways, peerings, buckets, ...rest } = (await awsState())[regionId];
    expect(buckets).toHaveLength(2); // on purpose: see below
    const empty = Object.entries({ ...rest, logGroups: [] });
    expect(Object.fromEntries(empty.filter(([, found]) => found.length > 0))).toEqual({});
    // The services go on showing these for a while.
    expect(natGateways.filter(({ state }) => state !== 'deleted')).toEqual([]);
    expect(peerings.filter(({ status }) => status !== 'deleted')).toEqual([]);
    expect(keys.filter(({ state, manager }) => manager === 'CUSTOMER' && state !== 'PendingDeletion')).toEqual([]);
    expect(stacks).toHaveLength(1);
  });

  test.each([0, 1])('the buckets of region %i stay, as the README says', async regionId => {
    const { topology } = bed();
    const { bucket, copies } = snapshotStorage(topology, regionId);
    const names = (await awsState())[regionId].buckets.map(({ name }) => name);
    expect(names.sort()).toEqual([bucket, copies].sort());
    // By hand, so that a bed which is kept can be deployed anew.
    for (const name of names) await aws(regionId, {}, 's3api', 'delete-bucket', '--bucket', name);
  });

  test.each([0, 1])('no log group stays in AWS region %i', async regionId => {
    expect((await awsState())[regionId].logGroups.map(({ name }) => name)).toEqual([]);
  });

  test('no role stays but those of the bootstrap', async () => {
    const { Roles } = await aws<{ Roles: { RoleName: string }[] }>(0, {}, 'iam', 'list-roles');
    expect(
      Roles.map(({ RoleName }) => RoleName).filter(name => !name.startsWith('cdk-hnb659fds-') && !name.startsWith('AWSServiceRole')),
    ).toEqual([]);
  });

  test.each([0, 1])('nothing of Camunda or its controllers hangs in region %i, where the controllers ran until the end', async regionId => {
    const { elasticOperatorNamespace, externalSecretsNamespace, certManagerNamespace, targetGroupBinding } = FIXED_NAMES;
    const namespaces = [elasticOperatorNamespace, externalSecretsNamespace, certManagerNamespace, targetGroupBinding];
    const { items } = await kubectlJson<Namespaces>(regionId, 'get', 'namespaces');
    expect(items.filter(({ status }) => status.phase !== 'Active')).toEqual([]);
    expect(items.map(({ metadata }) => metadata.name)).not.toContain(namespaceOf(regionId));
    for (const namespace of namespaces) {
      const { items: workloads } = await kubectlJson<{ items: object[] }>(
        regionId,
        '--namespace',
        namespace,
        'get',
        'deployments,statefulsets',
      );
      expect(workloads).toEqual([]);
    }
  });

  test.each([0, 1])('the volumes of the brokers and of Elasticsearch of region %i stay, released, as the README says', async regionId => {
    const now = await volumesOf(regionId);
    expect(now.map(({ metadata }) => metadata.name).sort()).toEqual(volumes[regionId]);
    expect(now.filter(({ status }) => status.phase !== 'Released')).toEqual([]);
    figure('volumes that stayed', now.length);
  });
});

async function volumesOf(regionId: number): Promise<Volumes['items']> {
  const { items } = await kubectlJson<Volumes>(regionId, 'get', 'pv');
  return items.filter(({ spec }) => spec.claimRef?.namespace === namespaceOf(regionId));
}
