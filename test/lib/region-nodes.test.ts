import { Template } from 'aws-cdk-lib/assertions';
import type { NodeSettings } from '../../constructs/topology/settings/nodes';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import type { CloudFormationTemplate } from '../../lib/review/template';
import { resourcesOf, testApp, type SynthesisedResource } from '../support/app';
import { defaultDeployment, synthesise } from '../support/deployment';
import { withSettings } from '../support/settings/changed-settings';

function regionWith(nodes: NodeSettings): Template {
  const app = testApp();
  const { stacks } = synthesise(app, new CamundaDualRegion(app, 'Camunda', withSettings({ nodes })));
  return Template.fromJSON(stacks.Region1.template as CloudFormationTemplate);
}

function groupsIn(template: Template): [string, SynthesisedResource][] {
  return Object.entries(resourcesOf(template, 'AWS::EKS::Nodegroup'));
}

function dataOf(template: Template): Readonly<Record<string, unknown>>[] {
  const templates = Object.values(resourcesOf(template, 'AWS::EC2::LaunchTemplate'));
  return templates.map(({ Properties }) => Properties.LaunchTemplateData as Readonly<Record<string, unknown>>);
}

/** What a node is told at its start, as text. */
function userDataOf(template: Template): string {
  const [{ UserData }] = dataOf(template);
  return (UserData as { readonly 'Fn::Base64': string })['Fn::Base64'];
}

describe('nodes of Camunda', () => {
  test('get labels that replace no node, and no label where none is set', () => {
    const labelled = regionWith({ labels: { team: 'orders' } });
    expect(groupsIn(labelled).map(([, { Properties }]) => Properties.Labels)).toEqual(Array(3).fill({ team: 'orders' }));
    const plain = Template.fromJSON(defaultDeployment().stacks.Region1.template as CloudFormationTemplate);
    expect(resourcesOf(labelled, 'AWS::EC2::LaunchTemplate')).toEqual(resourcesOf(plain, 'AWS::EC2::LaunchTemplate'));
    expect(groupsIn(plain).filter(([, { Properties }]) => 'Labels' in Properties || 'Taints' in Properties)).toEqual([]);
  });

  test.each([
    ['m6i.xlarge', 'Bottlerocket', 'BOTTLEROCKET_x86_64'],
    ['m7g.xlarge', 'Bottlerocket', 'BOTTLEROCKET_ARM_64'],
    ['m6i.xlarge', 'AL2023', 'AL2023_x86_64_STANDARD'],
    ['m7g.xlarge', 'AL2023', 'AL2023_ARM_64_STANDARD'],
  ])('of type %s run %s for its processor: %s', (instanceType, amiFamily, amiType) => {
    const template = regionWith({ instanceType, amiFamily });
    expect(groupsIn(template).map(([, { Properties }]) => Properties.AmiType)).toEqual(Array(3).fill(amiType));
  });

  test('have the volume of containers where Bottlerocket keeps them, all encrypted', () => {
    const [{ BlockDeviceMappings }] = dataOf(regionWith({ amiFamily: 'Bottlerocket', volumeGiB: 80 }));
    const ebs = (VolumeSize: number) => ({ Encrypted: true, VolumeSize, VolumeType: 'gp3', DeleteOnTermination: true });
    expect(BlockDeviceMappings).toEqual([
      { DeviceName: '/dev/xvda', Ebs: ebs(4) },
      { DeviceName: '/dev/xvdb', Ebs: ebs(80) },
    ]);
  });

  test('keep room for the operating system, as nodeadm reads it', () => {
    const [, headers, json] = /^Content-Type: multipart[^]*?(Content-Type: application\/node\.eks\.aws[^{]*)(\{.*\})/m.exec(
      userDataOf(regionWith({ perZone: 3, systemReserved: { cpuMillis: 100, memoryMiB: 256 } })),
    )!;
    expect(headers).toContain('application/node.eks.aws');
    expect(JSON.parse(json)).toEqual({
      apiVersion: 'node.eks.aws/v1alpha1',
      kind: 'NodeConfig',
      spec: { kubelet: { config: { systemReserved: { cpu: '100m', memory: '256Mi' } } } },
    });
  });

  test('keep room for the operating system, as Bottlerocket reads it', () => {
    const settings = { amiFamily: 'Bottlerocket', perZone: 3, systemReserved: { memoryMiB: 256 } };
    expect(userDataOf(regionWith(settings))).toBe('[settings.kubernetes.system-reserved]\ncpu = "0m"\nmemory = "256Mi"\n');
  });

  test('have the policies that the settings name, by name or by ARN', () => {
    const own = 'arn:aws:iam::123456789012:policy/agents';
    const roles = resourcesOf(regionWith({ managedPolicies: ['AmazonSSMManagedInstanceCore', own] }), 'AWS::IAM::Role');
    const [, role] = Object.entries(roles).find(([id]) => id.startsWith('NodesRole'))!;
    const policies = role.Properties.ManagedPolicyArns as unknown[];
    expect(policies).toHaveLength(5);
    expect(JSON.stringify(policies[3])).toContain(':iam::aws:policy/AmazonSSMManagedInstanceCore');
    expect(policies[4]).toBe(own);
  });
});

describe('further node groups', () => {
  const group = { instanceType: 'm7g.large', perZone: 1, taints: [{ key: 'dedicated', value: 'workers', effect: 'NoSchedule' }] };
  const template = regionWith({
    groups: [
      { ...group, name: 'workers', capacityType: 'SPOT', labels: { 'node-pool': 'workers' } },
      { ...group, name: 'reports', maxPerZone: 4, taints: [{ key: 'reports', effect: 'NoExecute' }] },
    ],
  });
  const named = (prefix: string): [string, SynthesisedResource][] => groupsIn(template).filter(([id]) => id.startsWith(prefix));

  test('are in each zone, with type, taints and labels of their own', () => {
    const properties = named('NodeGroupworkers').map(([, { Properties }]) => Properties);
    expect(new Set(properties.map(({ Subnets }) => JSON.stringify(Subnets))).size).toBe(3);
    for (const one of properties) {
      expect(one).toMatchObject({
        AmiType: 'AL2023_ARM_64_STANDARD',
        CapacityType: 'SPOT',
        Labels: { 'node-pool': 'workers' },
        Taints: [{ Key: 'dedicated', Value: 'workers', Effect: 'NO_SCHEDULE' }],
        ScalingConfig: { MinSize: 1, DesiredSize: 1, MaxSize: 2 },
      });
    }
    expect(named('NodeGroupreports').map(([, { Properties }]) => Properties)).toEqual(
      Array(3).fill(
        expect.objectContaining({
          CapacityType: 'ON_DEMAND',
          Taints: [{ Key: 'reports', Effect: 'NO_EXECUTE' }],
          ScalingConfig: { MinSize: 1, DesiredSize: 1, MaxSize: 4 },
        }),
      ),
    );
  });

  test('have their type in launch templates of their own', () => {
    expect(dataOf(template).map(({ InstanceType }) => InstanceType)).toEqual(['m6i.xlarge', 'm7g.large', 'm7g.large']);
  });

  test('leave those of Camunda as they are, and are updated after them, one after the other', () => {
    const plain = Template.fromJSON(defaultDeployment().stacks.Region1.template as CloudFormationTemplate);
    expect(named('NodesZone')).toEqual(groupsIn(plain));
    const ids = groupsIn(template).map(([id]) => id);
    const waitsFor = ([, { DependsOn = [] }]: [string, SynthesisedResource]): string[] => ids.filter(id => DependsOn.includes(id));
    const [nodes, workers, reports] = ['NodesZone', 'NodeGroupworkers', 'NodeGroupreports'].map(named);
    const idsOf = (groups: [string, SynthesisedResource][]): string[] => groups.map(([id]) => id);
    for (const one of workers) expect(waitsFor(one)).toEqual(expect.arrayContaining(idsOf(nodes)));
    for (const one of reports) expect(waitsFor(one)).toEqual(expect.arrayContaining(idsOf(workers)));
  });
});
