import { setTimeout as sleep } from 'node:timers/promises';
import { awsState } from '../support/aws-state';
import { bed } from '../support/bed';
import { cdkWith } from '../support/cdk';
import { figure, seconds } from '../support/figure';
import { kubectl, kubectlApply, kubectlJson, tryKubectl } from '../support/kubectl';
import { aws, brokerSet, namespaceOf, restoreDeployment, settled, statefulSet, withTwoMoreBrokers } from '../support/life';

const LONG_MS = 400_000;
const REFUSAL = 'refused by the proof of bad days';
const POLICY = 'bad-day';

interface ConfigMaps {
  readonly items: readonly { readonly metadata: { readonly name: string }; readonly data?: Readonly<Record<string, string>> }[];
}

describe('bad days', () => {
  describe.each([0, 1])('when the Kubernetes API of region %i refuses an object half way', regionId => {
    let before: string;

    beforeAll(async () => {
      before = await configurationOf(regionId);
      await kubectlApply(regionId, refusingPolicy());
      // The API server reads policies a moment after they were written.
      await expectEventuallyRefused(regionId);
    });

    afterAll(async () => {
      await allow(regionId);
      await restoreDeployment();
    }, LONG_MS);

    test(
      'the deployment fails with its words, and is rolled back',
      async () => {
        const { code, output } = await deployMore(regionId);
        expect(code).not.toBe(0);
        expect(output).toContain(REFUSAL);
        expect(await statusOf(regionId)).toBe('UPDATE_ROLLBACK_COMPLETE');
      },
      LONG_MS,
    );

    test('nothing of it stays: neither a broker nor a setting', async () => {
      const { topology } = bed().regions[regionId];
      expect((await statefulSet(regionId)).spec.replicas).toBe(topology.brokers.length);
      expect(await configurationOf(regionId)).toBe(before);
    });

    test(
      'the same deployment goes through once the reason is gone',
      async () => {
        await allow(regionId);
        const started = Date.now();
        const { code, output } = await deployMore(regionId);
        expect({ code, output }).toMatchObject({ code: 0 });
        await settled(regionId);
        figure('corrected deployment', seconds(Date.now() - started));
        expect(await statusOf(regionId)).toBe('UPDATE_COMPLETE');
        expect((await statefulSet(regionId)).spec.replicas).toBe(bed().regions[regionId].topology.brokers.length + 1);
      },
      LONG_MS,
    );
  });

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

/** Refuses every change of what the brokers' StatefulSet says, and nothing else. */
function refusingPolicy(): object[] {
  const rule = {
    apiGroups: ['apps'],
    apiVersions: ['v1'],
    operations: ['UPDATE'],
    resources: ['statefulsets'],
    resourceNames: [brokerSet()],
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
  const args = ['patch', 'statefulset', brokerSet(), '-n', namespaceOf(regionId), '--dry-run=server', '--type=merge', '-p', patch];
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

function deployMore(regionId: number) {
  const stack = `Camunda/Camunda${regionId}`;
  return cdkWith({ configurationFile: withTwoMoreBrokers() }, 'deploy', stack, '--exclusively', '--require-approval', 'never');
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
