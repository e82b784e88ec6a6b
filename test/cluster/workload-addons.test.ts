import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { WorkloadAddons } from '../../constructs/cluster/workload-addons';
import { emptyStack } from '../support/app';

function driverOf(volumeTags?: Record<string, string>): Record<string, unknown> {
  const stack = emptyStack();
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: 'camunda-region0' });
  new WorkloadAddons(stack, 'WorkloadAddons', { cluster, corefile: '.:53 {\n}\n', volumeTags });
  const drivers = Template.fromStack(stack).findResources('AWS::EKS::Addon', { Properties: { AddonName: 'aws-ebs-csi-driver' } });
  return (Object.values(drivers)[0] as { Properties: Record<string, unknown> }).Properties;
}

test('the storage driver tags the volumes of pods', () => {
  expect(JSON.parse(String(driverOf({ team: 'processes' }).ConfigurationValues))).toEqual({
    controller: { extraVolumeTags: { team: 'processes' } },
  });
});

test('without tags the storage driver is left as it comes', () => {
  expect(driverOf({})).not.toHaveProperty('ConfigurationValues');
  expect(driverOf()).not.toHaveProperty('ConfigurationValues');
});
