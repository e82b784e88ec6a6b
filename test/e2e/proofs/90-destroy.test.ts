import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { snapshotStorage } from '../../../constructs/topology/plan/storage/snapshot-storage';
import { awsState } from '../support/aws-state';
import { bed } from '../support/bed';
import { cdkWith, deployedApp, type CdkOutcome } from '../support/cdk';
import { figure, seconds } from '../support/figure';
import { kubectlJson } from '../support/kubectl';
import { aws, bothRegions, eventually, namespaceOf } from '../support/life';
import { deletionConditions, kubeconfigOption, orphanExternalSecrets } from '../support/orphaned-namespace';
import { commandsOf, pageBlocks, runFromPage } from '../support/page-commands';

const LONG_MS = 600_000;
/** The region whose namespace hangs, and the one whose cluster leaves something behind. */
const HANGS = 1;
const LEAVES = 0;

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

  describe('with a namespace that does not go, and a cluster that leaves something in its network', () => {
    let first: CdkOutcome;
    let said: string;
    let took: number;

    beforeAll(async () => {
      const { folder, regions } = bed();
      writeFileSync(join(folder, 'eks-leftovers'), regions[LEAVES].awsRegion);
      await orphanExternalSecrets(HANGS);
      const started = Date.now();
      const ended = destroy();
      await eventually(
        'the namespace hangs',
        async () => (await deletionConditions(HANGS)).has('NamespaceDeletionContentFailure'),
        LONG_MS,
      );
      const examples = { '--context london': kubeconfigOption(HANGS), 'camunda-london': namespaceOf(HANGS) };
      const [question, cure] = pageBlocks('troubleshooting.md', 'A namespace does not go', examples);
      said = await runFromPage(question);
      await runFromPage(cure);
      first = await ended;
      took = Date.now() - started;
    }, LONG_MS);

    test('the namespace says what holds it, as the page names it', () => {
      expect(said).toMatch(
        /NamespaceDeletionContentFailure: .*failed calling webhook "validate\.(externalsecret|secretstore)\.external-secrets\.io"/,
      );
    });

    test('the deployment ends with an error that the page names, and the network stays', async () => {
      expect(first.code).toBe(1);
      figure('cdk destroy, held up twice', seconds(took));
      expect(first.output).toMatch(/DELETE_FAILED.*has dependencies/s);
      const { stacks } = (await awsState())[LEAVES];
      expect(stacks.map(({ name, status }) => [name, status])).toContainEqual([`${bed().topology.name}-Region${LEAVES}`, 'DELETE_FAILED']);
    });

    test('the commands of the page take away what was left', async () => {
      const { awsRegion } = bed().regions[LEAVES];
      const [{ vpcId }] = (await awsState())[LEAVES].vpcs;
      const examples = { 'eu-west-2': awsRegion, 'vpc-0123456789abcdef0': vpcId };
      const [block] = pageBlocks('troubleshooting.md', 'A destroy leaves network interfaces or a security group', examples);
      const [interfaces, deleteInterface, groups, deleteGroup] = commandsOf(block);
      const [[interfaceId, status]] = rows(await runFromPage(interfaces));
      expect(status).toBe('available');
      await runFromPage(deleteInterface.replace('eni-0123456789abcdef0', interfaceId));
      const [[groupId]] = rows(await runFromPage(groups));
      await runFromPage(deleteGroup.replace('sg-0123456789abcdef0', groupId));
      expect(rows(await runFromPage(`${interfaces}; ${groups}`))).toEqual([]);
    });
  });

  test(
    'cdk destroy --all deletes every stack',
    async () => {
      const { code, output } = await destroy();
      expect({ code, output }).toMatchObject({ code: 0 });
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

/** As the README says in one configuration; in the other both regions at once, without another synthesis. */
function destroy(): Promise<CdkOutcome> {
  const asDocumented = bed().configuration === 'default';
  const options = asDocumented ? {} : { app: deployedApp() };
  return cdkWith({ ...options, timeoutMs: LONG_MS }, 'destroy', '--all', '--force', ...(asDocumented ? [] : ['--concurrency', '2']));
}

/** Cells of what `aws --output text` prints. */
function rows(printed: string): string[][] {
  return printed
    .trim()
    .split('\n')
    .filter(line => line !== '')
    .map(line => line.split('\t'));
}

async function volumesOf(regionId: number): Promise<Volumes['items']> {
  const { items } = await kubectlJson<Volumes>(regionId, 'get', 'pv');
  return items.filter(({ spec }) => spec.claimRef?.namespace === namespaceOf(regionId));
}
