import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { awsState, type AwsRegionState } from '../support/aws-state';
import { withObjects, type KubernetesObject } from '../support/aws-state-kubernetes';
import { bed } from '../support/bed';
import { CHANGED_FOLDER, PROJECT } from '../support/bed-state';
import { cdkWith, synthesised, type CdkOutcome } from '../support/cdk';
import { command } from '../support/command';
import { figure, seconds } from '../support/figure';
import { kubectl, kubectlApply, kubectlJson, tryKubectl } from '../support/kubectl';
import {
  aws,
  bothRegions,
  brokerSet,
  eventually,
  namespaceOf,
  onceInBothRegions,
  restoreDeployment,
  settled,
  statefulSet,
  withTwoMoreBrokers,
} from '../support/life';
import { forwarderTargets } from '../support/operator-state';
import { startOperator, stopOperator } from '../support/operators';
import { SECOND_FORWARDER_STACK, type SecondForwarder } from '../support/second-forwarder';

const LONG_MS = 400_000;
const REFUSAL = 'refused by the proof of bad days';
const POLICY = 'bad-day';
/** Long enough for a controller that runs, many times over. */
const HANGS_MS = 3000;
const BINDING = ['targetgroupbinding', 'dns-forwarder', '--namespace', FIXED_NAMES.dnsNamespace] as const;
const DEFINITION = 'proofs.example.com';
/** What docs/troubleshooting.md advises. */
const MADE_MANAGER = ['apply', '--server-side', '--force-conflicts', '--field-manager=helm'] as const;

interface ConfigMaps {
  readonly items: readonly { readonly metadata: { readonly name: string }; readonly data?: Readonly<Record<string, string>> }[];
}

describe('bad days', () => {
  describe('when the Kubernetes API refuses an object half way', () => {
    let before: string[];
    let app: string;
    let failed: CdkOutcome[];

    beforeAll(async () => {
      before = await bothRegions(configurationOf);
      await bothRegions(regionId => kubectlApply(regionId, refusingPolicy(regionId)));
      // The API server reads policies a moment after they were written.
      await bothRegions(expectEventuallyRefused);
      app = await synthesised(withTwoMoreBrokers());
      failed = await bothRegions(regionId => deployStack(app, regionId));
    }, LONG_MS);

    afterAll(async () => {
      await bothRegions(allow);
      await restoreDeployment();
    }, LONG_MS);

    test.each([0, 1])('the deployment of region %i fails with its words, and is rolled back', async regionId => {
      const { code, output } = failed[regionId];
      expect(code).not.toBe(0);
      expect(output).toContain(REFUSAL);
      expect(await statusOf(regionId)).toBe('UPDATE_ROLLBACK_COMPLETE');
    });

    test.each([0, 1])('nothing of it stays in region %i: neither a broker nor a setting', async regionId => {
      const { topology } = bed().regions[regionId];
      expect((await statefulSet(regionId)).spec.replicas).toBe(topology.brokers.length);
      expect(await configurationOf(regionId)).toBe(before[regionId]);
    });

    test(
      'the same deployment goes through in both regions once the reason is gone',
      async () => {
        await bothRegions(allow);
        const started = Date.now();
        for (const { code, output } of await bothRegions(regionId => deployStack(app, regionId)))
          expect({ code, output }).toMatchObject({ code: 0 });
        await bothRegions(settled);
        figure('corrected deployment', seconds(Date.now() - started));
        expect(await bothRegions(statusOf)).toEqual(['UPDATE_COMPLETE', 'UPDATE_COMPLETE']);
        const replicas = (await bothRegions(statefulSet)).map(({ spec }) => spec.replicas);
        expect(replicas).toEqual(bed().regions.map(({ topology }) => topology.brokers.length + 1));
      },
      LONG_MS,
    );
  });

  const deletedWithout = onceInBothRegions(async regionId => {
    const object = await kubectlJson<KubernetesObject>(regionId, 'get', ...BINDING);
    const targets = await forwarderTargets(regionId);
    const known = async (): Promise<boolean> => (await tryKubectl(regionId, ['get', ...BINDING])).code === 0;
    await stopOperator(regionId, 'load-balancer');
    let stayed = false;
    let targetsThen: string[] = [];
    try {
      await kubectl(regionId, 'delete', ...BINDING, '--wait=false');
      await sleep(HANGS_MS);
      stayed = await known();
    } finally {
      await startOperator(regionId, 'load-balancer');
      await eventually(`the binding of region ${regionId} is gone`, async () => !(await known()));
      targetsThen = await forwarderTargets(regionId);
      const { name, namespace, labels } = object.metadata;
      await kubectlApply(regionId, [{ ...object, metadata: { name, namespace, labels }, status: undefined }]);
      await eventually('the targets are back', async () => (await forwarderTargets(regionId)).join() === targets.join());
    }
    return { stayed, targets, targetsThen };
  });

  test.each([0, 1])(
    'a binding of region %i that is deleted while its controller is down stays, and goes with its targets when that is back',
    async regionId => {
      const { stayed, targets, targetsThen } = await deletedWithout(regionId);
      expect(stayed).toBe(true);
      expect(targets).not.toEqual([]);
      expect(targetsThen).toEqual([]);
    },
    LONG_MS,
  );

  describe('definitions of a chart that somebody has applied by hand', () => {
    const chart = join(CHANGED_FOLDER, 'chart-with-definitions');
    const release = ['install', 'definitions', chart, '--namespace', 'default'];
    const helm = (...args: string[]) => command('helm', ['--kubeconfig', bed().regions[0].kubeconfig, ...args], { env: bed().environment });

    beforeAll(async () => {
      mkdirSync(join(chart, 'crds'), { recursive: true });
      writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: definitions\nversion: 1.0.0\n');
      writeFileSync(join(chart, 'crds/crds.yaml'), JSON.stringify(definition('of the chart')));
      await withObjects(0, [definition('of another version')], 'apply', '--server-side');
    });

    afterAll(async () => {
      await helm('uninstall', 'definitions', '--namespace', 'default', '--ignore-not-found');
      await kubectl(0, 'delete', 'customresourcedefinition', DEFINITION, '--ignore-not-found');
    });

    test('keep Helm from installing it, and do so no more when Helm is made their manager, as the documentation says', async () => {
      expect(await helm(...release)).toMatchObject({ code: 1, stderr: expect.stringMatching(/conflicts? with "kubectl"/) as string });
      await kubectl(0, ...MADE_MANAGER, '-f', join(chart, 'crds/crds.yaml'));
      expect(await helm(...release)).toMatchObject({ code: 0 });
    });
  });

  test(
    'a DNS forwarder on addresses that are taken is rolled back, and on free ones it goes through',
    async () => {
      const { regions } = bed();
      const before = await allButStacks();
      const [{ clusterSecurityGroupId }] = before.clusters.map(({ vpc }) => vpc);
      const [{ vpcId, subnets: mapped }] = before.loadBalancers;
      const subnets = mapped.map(({ subnetId, zone }) => ({ subnetId, availabilityZone: zone }));
      const taken = mapped.map(({ addresses: [address] }) => address);
      const free = taken.map(address => address.replace(/\d+$/, last => String(Number(last) + 1)));
      const common = { region: regions[0].awsRegion, vpcId, subnets, peerCidr: regions[1].topology.vpcCidr, clusterSecurityGroupId };
      const [takenApp, freeApp] = await secondForwarders(common, [free[0], taken[1], free[2]], free);
      try {
        const failed = await cdkWith({ app: takenApp }, 'deploy', '--all', '--require-approval', 'never');
        expect(failed.code).not.toBe(0);
        expect(failed.output).toContain(`The address ${taken[1]} is in use`);
        const { stacks } = (await awsState())[0];
        expect(stacks.find(({ name }) => name === SECOND_FORWARDER_STACK)?.status).toBe('ROLLBACK_COMPLETE');
        expect(await allButStacks()).toEqual(before);

        const { code, output } = await cdkWith({ app: freeApp }, 'deploy', '--all', '--require-approval', 'never');
        expect({ code, output }).toMatchObject({ code: 0 });
        expect((await awsState())[0].loadBalancers).toHaveLength(2);
      } finally {
        await cdkWith({ app: freeApp }, 'destroy', '--all', '--force');
      }
      expect(await allButStacks()).toEqual(before);
    },
    LONG_MS,
  );

  describe('two networks that are peered past our checks', () => {
    test('are refused by AWS when their ranges overlap, and nothing of them stays', async () => {
      const before = (await awsState())[0];
      const { status, reasons } = await peer('overlapping', '172.20.0.0/16', '172.20.128.0/17');
      expect(status).toBe('ROLLBACK_COMPLETE');
      expect(reasons).toContain('overlapping CIDR range');
      const after = (await awsState())[0];
      expect(after.vpcs).toEqual(before.vpcs);
      expect(after.peerings.filter(({ status: is }) => is === 'active')).toEqual(
        before.peerings.filter(({ status: is }) => is === 'active'),
      );
    });

    test('are accepted when their ranges do not', async () => {
      expect(await peer('apart', '172.20.0.0/17', '172.20.128.0/17')).toMatchObject({ status: 'CREATE_COMPLETE' });
    });
  });
});

/** A definition as charts bring it. */
function definition(description: string): object {
  const schema = { openAPIV3Schema: { type: 'object', description } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: DEFINITION },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'proofs', singular: 'proof', kind: 'Proof', listKind: 'ProofList' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
}

/** Refuses every change of what the brokers' StatefulSet says, and nothing else. */
function refusingPolicy(regionId: number): object[] {
  const rule = {
    apiGroups: ['apps'],
    apiVersions: ['v1'],
    operations: ['UPDATE'],
    resources: ['statefulsets'],
    resourceNames: [brokerSet(regionId)],
  };
  return [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: POLICY },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: [rule] },
        validations: [{ expression: 'object.spec == oldObject.spec', message: REFUSAL }],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: POLICY },
      spec: { policyName: POLICY, validationActions: ['Deny'] },
    },
  ];
}

async function expectEventuallyRefused(regionId: number): Promise<void> {
  const patch = JSON.stringify({ spec: { minReadySeconds: 1 } });
  const args = ['patch', 'statefulset', brokerSet(regionId), '-n', namespaceOf(regionId), '--dry-run=server', '--type=merge', '-p', patch];
  for (let left = 40; left > 0; left--) {
    if ((await tryKubectl(regionId, args)).stderr.includes(REFUSAL)) return;
    await sleep(500);
  }
  throw new Error('the policy has no effect');
}

async function allow(regionId: number): Promise<void> {
  const kinds = 'validatingadmissionpolicybinding,validatingadmissionpolicy';
  await kubectl(regionId, 'delete', kinds, POLICY, '--ignore-not-found');
  await sleep(1000);
}

function deployStack(app: string, regionId: number): Promise<CdkOutcome> {
  return cdkWith({ app }, 'deploy', `Camunda/Camunda${regionId}`, '--exclusively', '--require-approval', 'never');
}

/** Everything in the AWS region of region 0, as far as it could stay behind a stack. */
async function allButStacks(): Promise<Omit<AwsRegionState, 'stacks'>> {
  const { stacks, ...others } = (await awsState())[0];
  expect(stacks).not.toEqual([]);
  return others;
}

/** Synthesises forwarders on some addresses each, and returns the folders that they are in. */
async function secondForwarders(common: Omit<SecondForwarder, 'folder' | 'addresses'>, ...all: string[][]): Promise<string[]> {
  const given = all.map(addresses => ({ ...common, addresses, folder: join(CHANGED_FOLDER, `second-forwarder-${addresses.join('-')}`) }));
  const script = join(PROJECT, 'test/e2e/support/second-forwarder.ts');
  const env = { ...bed().environment, SECOND_FORWARDER: JSON.stringify(given) };
  const { code, stderr } = await command(process.execPath, ['--import', 'tsx', script], { cwd: PROJECT, env });
  if (code !== 0) throw new Error(`the synthesis failed:\n${stderr}`);
  return given.map(({ folder }) => folder);
}

async function statusOf(regionId: number): Promise<string | undefined> {
  const name = `${bed().topology.name}-Camunda${regionId}`;
  return (await awsState())[regionId].stacks.find(stack => stack.name === name)?.status;
}

/** What the ConfigMaps of Camunda say. */
async function configurationOf(regionId: number): Promise<string> {
  const { items } = await kubectlJson<ConfigMaps>(regionId, 'get', 'configmaps', '-n', namespaceOf(regionId));
  return JSON.stringify(items.map(({ metadata, data }) => [metadata.name, data]));
}

/** Deploys two networks of region 0 and their peering, and takes them away again. */
async function peer(name: string, first: string, second: string): Promise<{ status: string; reasons: string }> {
  const stack = `bad-day-${name}`;
  const vpc = (CidrBlock: string): object => ({ Type: 'AWS::EC2::VPC', Properties: { CidrBlock } });
  const body = JSON.stringify({
    Resources: {
      First: vpc(first),
      Second: vpc(second),
      Peering: { Type: 'AWS::EC2::VPCPeeringConnection', Properties: { VpcId: { Ref: 'First' }, PeerVpcId: { Ref: 'Second' } } },
    },
  });
  await aws(0, {}, 'cloudformation', 'create-stack', '--stack-name', stack, '--template-body', body);
  try {
    for (let left = 60; left > 0; left--) {
      const { Stacks } = await aws<{ Stacks: { StackStatus: string }[] }>(
        0,
        {},
        'cloudformation',
        'describe-stacks',
        '--stack-name',
        stack,
      );
      const status = Stacks[0].StackStatus;
      if (!status.endsWith('IN_PROGRESS')) {
        const events = await aws<{ StackEvents: { ResourceStatusReason?: string }[] }>(
          0,
          {},
          'cloudformation',
          'describe-stack-events',
          '--stack-name',
          stack,
        );
        return { status, reasons: events.StackEvents.map(event => event.ResourceStatusReason ?? '').join('\n') };
      }
      await sleep(500);
    }
    throw new Error(`${stack} does not come to an end`);
  } finally {
    await aws(0, {}, 'cloudformation', 'delete-stack', '--stack-name', stack);
    await aws(0, {}, 'cloudformation', 'wait', 'stack-delete-complete', '--stack-name', stack);
  }
}
