import { gunzipSync } from 'node:zlib';
import { chartVersions } from '../runner/configuration';
import { awsState, type AwsRegionState, type Stack } from '../support/aws-state';
import { bed } from '../support/bed';
import { readDeployment, type Step } from '../support/bed-state';
import { cdk } from '../support/cdk';
import { figure, seconds } from '../support/figure';
import { kubectlJson } from '../support/kubectl';

/** The stacks as the README names them, with the region that each is in, and its outputs there. */
const STACKS: readonly (readonly [name: string, regionId: number, outputs: readonly string[]])[] = [
  ['Region0', 0, ['ClusterName', 'UpdateKubeconfigCommand', 'DnsForwarderAddresses']],
  ['Region1', 1, ['ClusterName', 'UpdateKubeconfigCommand', 'DnsForwarderAddresses']],
  ['Peering', 0, ['PeeringConnectionId']],
  ['PeerRoutes', 1, []],
  ['Camunda0', 0, []],
  ['Camunda1', 1, []],
];

/** Helm's own record of a release, as far as it matters here. */
interface HelmRelease {
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
    const done = readDeployment()!.again ? /^(CREATE|UPDATE)_COMPLETE$/ : /^CREATE_COMPLETE$/;
    const found = aws.map(({ stacks }) => stacks.filter(({ name }) => name !== 'CDKToolkit'));
    const names = (regionId: number): string[] => STACKS.filter(([, id]) => id === regionId).map(([name]) => `${topology.name}-${name}`);
    expect(found.map(stacks => stacks.map(({ name }) => name).sort())).toEqual([names(0).sort(), names(1).sort()]);
    expect(found.flat().filter(({ status }) => !done.test(status))).toEqual([]);
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
    const { code, output } = await cdk('deploy', '--all', '--require-approval', 'never');
    figure('cdk deploy --all, nothing to do', seconds(Date.now() - started));
    expect({ code, output }).toEqual({ code: 0, output: expect.any(String) as string });
    expect(output.match(/\(no changes\)/g)).toHaveLength(STACKS.length);
  });
});

function stackOf(region: AwsRegionState, name: string): Stack {
  const full = `${bed().topology.name}-${name}`;
  const stack = region.stacks.find(candidate => candidate.name === full);
  if (!stack) throw new Error(`there is no stack ${full}`);
  return stack;
}

/** Helm keeps a release as compressed JSON in a Secret, encoded once by itself and once by Kubernetes. */
async function helmReleases(regionId: number): Promise<HelmRelease[]> {
  const secrets = await kubectlJson<{ readonly items: readonly { readonly data: { readonly release: string } }[] }>(
    regionId,
    ...['get', 'secrets', '--all-namespaces', '--field-selector', 'type=helm.sh/release.v1'],
  );
  return secrets.items.map(({ data }) => {
    const own = Buffer.from(data.release, 'base64').toString();
    return JSON.parse(gunzipSync(Buffer.from(own, 'base64')).toString()) as HelmRelease;
  });
}

/** Shows all that the CDK printed if it failed. */
function expectSuccess(step: Step | undefined): void {
  expect({ code: step?.code, log: step?.code === 0 ? '' : step?.log }).toEqual({ code: 0, log: '' });
}
