import { gunzipSync } from 'node:zlib';
import { chartVersions } from '../runner/configuration';
import { awsState, type AwsRegionState, type Stack } from '../support/aws-state';
import { bed } from '../support/bed';
import { readDeployment, type Step } from '../support/bed-state';
import { cdkWith } from '../support/cdk';
import { figure, seconds } from '../support/figure';
import { kubectlJson } from '../support/kubectl';
import { STACK_NAMES, unchangedStacks } from '../support/life';

/** The stacks as the README names them, with the region that each is in, and its outputs there. */
const STACKS: readonly (readonly [name: string, regionId: number, outputs: readonly string[]])[] = [
  ['Region0', 0, ['ClusterName', 'UpdateKubeconfigCommand', 'DnsForwarderAddresses']],
  ['Region1', 1, ['ClusterName', 'UpdateKubeconfigCommand', 'DnsForwarderAddresses']],
  ['Peering', 0, ['PeeringConnectionId']],
  ['PeerRoutes', 1, []],
  ['Camunda0', 0, []],
  ['Camunda1', 1, []],
  ['SnapshotCopies0', 0, ['SnapshotCopiesBucket']],
  ['SnapshotCopies1', 1, ['SnapshotCopiesBucket']],
  ['Snapshots', 0, ['SnapshotBucket']],
  ['PeerSnapshots', 1, ['SnapshotBucket']],
];

/** Of a deployment that failed; the whole log is in .bed/run/cdk-*.log. */
const SHOWN_LINES = 40;

/** Helm's own record of a release, as far as it matters here. */
interface HelmRelease {
  readonly namespace: string;
  readonly name: string;
  readonly version: number;
  readonly info: { readonly status: string };
  readonly chart: { readonly metadata: { readonly name: string; readonly version: string } };
}

describe('deploy', () => {
  let aws: readonly [AwsRegionState, AwsRegionState];
  beforeAll(async () => {
    aws = await awsState();
  });

  test('cdk bootstrap prepares both regions', () => {
    const { bootstrap } = readDeployment()!;
    expectSuccess(bootstrap);
    figure('cdk bootstrap', seconds(bootstrap.seconds * 1000));
  });

  test('cdk deploy --all deploys both regions in one go', () => {
    const { deploy } = readDeployment()!;
    expectSuccess(deploy);
    figure('cdk deploy --all --concurrency 2', seconds(deploy!.seconds * 1000));
  });

  test('every stack is complete, in the region that the README says, and there is no other', () => {
    const { topology } = bed();
    // Later deployments of a kept bed may have changed a stack, or have failed to, and found nothing to do after that.
    const done = readDeployment()!.again ? /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/ : /^CREATE_COMPLETE$/;
    const found = aws.map(({ stacks }) => stacks.filter(({ name }) => name !== 'CDKToolkit'));
    const names = (regionId: number): string[] => STACKS.filter(([, id]) => id === regionId).map(([name]) => `${topology.name}-${name}`);
    expect(found.map(stacks => stacks.map(({ name }) => name).sort())).toEqual([names(0).sort(), names(1).sort()]);
    const other = found.flat().filter(({ status }) => !done.test(status));
    expect(other.map(({ name, status }) => `${name}: ${status}`)).toEqual([]);
  });

  test('the outputs are those of the README', () => {
    for (const [name, regionId, outputs] of STACKS) {
      expect(Object.keys(stackOf(aws[regionId], name).outputs)).toEqual(expect.arrayContaining([...outputs]));
    }
    const [region] = aws;
    expect(stackOf(region, 'Peering').outputs.PeeringConnectionId).toBe(region.peerings[0].id);
  });

  test.each([0, 1])('the outputs of region %i lead to its cluster and forwarder', regionId => {
    const { awsRegion, topology } = bed().regions[regionId];
    const [cluster] = aws[regionId].clusters;
    expect(stackOf(aws[regionId], `Region${regionId}`).outputs).toMatchObject({
      ClusterName: cluster.name,
      UpdateKubeconfigCommand: `aws eks update-kubeconfig --name ${cluster.name} --region ${awsRegion}`,
      DnsForwarderAddresses: topology.forwarderAddresses.join(','),
    });
  });

  test.each([0, 1])("every controller's chart is installed in region %i, in the pinned version", async regionId => {
    const found = await helmReleases(regionId);
    expect(found.filter(({ info }) => info.status !== 'deployed')).toEqual([]);
    expect(found.map(({ chart }) => chart.metadata.version).sort()).toEqual(Object.values(chartVersions()).sort());
    expect(new Set(found.map(({ chart }) => chart.metadata.name)).size).toBe(found.length);
  });

  test('deploying again finds no changes in any stack', async () => {
    const started = Date.now();
    const outcome = await cdkWith({ quickly: true }, 'deploy', '--all', '--require-approval', 'never', '--concurrency', '2');
    figure('cdk deploy --all --concurrency 2, nothing to do', seconds(Date.now() - started));
    expectSuccess({ code: outcome.code, log: outcome.output, seconds: 0 });
    expect(unchangedStacks(outcome).sort()).toEqual([...STACK_NAMES].sort());
  });
});

function stackOf(region: AwsRegionState, name: string): Stack {
  const full = `${bed().topology.name}-${name}`;
  const stack = region.stacks.find(candidate => candidate.name === full);
  if (!stack) throw new Error(`there is no stack ${full}`);
  return stack;
}

/** The releases of a region, each in its newest revision. Helm keeps one as compressed JSON in a Secret, encoded once by itself and once by Kubernetes. */
async function helmReleases(regionId: number): Promise<HelmRelease[]> {
  const secrets = await kubectlJson<{ readonly items: readonly { readonly data: { readonly release: string } }[] }>(
    regionId,
    ...['get', 'secrets', '--all-namespaces', '--field-selector', 'type=helm.sh/release.v1'],
  );
  const revisions = secrets.items.map(({ data }) => {
    const own = Buffer.from(data.release, 'base64').toString();
    return JSON.parse(gunzipSync(Buffer.from(own, 'base64')).toString()) as HelmRelease;
  });
  const newest = new Map<string, HelmRelease>();
  revisions.sort((a, b) => a.version - b.version).forEach(release => newest.set(`${release.namespace}/${release.name}`, release));
  return [...newest.values()];
}

/** Shows the end of what the CDK printed if it failed. */
function expectSuccess(step: Step | undefined): void {
  const end = step?.log.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
  expect({ code: step?.code, end: step?.code === 0 ? '' : end }).toEqual({ code: 0, end: '' });
}
