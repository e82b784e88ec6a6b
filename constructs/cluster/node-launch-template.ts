import { Lazy, Size, TagManager, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { SystemReservedSettings } from '../topology/settings/nodes';
import { nodeUserData } from './node-user-data';

/** @internal */
export interface NodeLaunchTemplateProps {
  /** Value of the tag `Name`. */
  readonly name: string;
  readonly instanceType: ec2.InstanceType;
  readonly isBottlerocket: boolean;
  readonly volumeSize: Size;
  readonly systemReserved: SystemReservedSettings;
  readonly volumeKey?: kms.IKey;
}

/** The operating system of Bottlerocket has a volume of its own, beside that of containers and their data. */
const BOTTLEROCKET_SYSTEM = Size.gibibytes(4);

/**
 * How the machines of a node group are made. They demand IMDSv2 and keep pods away from their credentials (hop limit 1).
 *
 * @internal
 */
export function nodeLaunchTemplate(scope: Construct, id: string, props: NodeLaunchTemplateProps): ec2.LaunchTemplate {
  const { name, instanceType, isBottlerocket, volumeSize, systemReserved, volumeKey } = props;
  const template = new ec2.LaunchTemplate(scope, id, {
    httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED,
    httpPutResponseHopLimit: 1,
    requireImdsv2: true,
    // In the launch template another type is a rolling update. In the node group it is another group, and the old one is deleted.
    instanceType,
    userData: nodeUserData(systemReserved, isBottlerocket),
    blockDevices: isBottlerocket
      ? [blockDevice('/dev/xvda', BOTTLEROCKET_SYSTEM, volumeKey), blockDevice('/dev/xvdb', volumeSize, volumeKey)]
      : [blockDevice('/dev/xvda', volumeSize, volumeKey)],
  });
  Tags.of(template).add('Name', name);
  // The CDK writes instances and volumes.
  (template.node.defaultChild as ec2.CfnLaunchTemplate).addPropertyOverride('LaunchTemplateData.TagSpecifications.2', {
    ResourceType: 'network-interface',
    Tags: Lazy.any({ produce: () => TagManager.of(template)?.renderedTags as unknown }),
  });
  return template;
}

function blockDevice(deviceName: string, size: Size, kmsKey: kms.IKey | undefined): ec2.BlockDevice {
  const volumeType = ec2.EbsDeviceVolumeType.GP3;
  return {
    deviceName,
    volume: ec2.BlockDeviceVolume.ebs(size.toGibibytes(), { encrypted: true, kmsKey, volumeType, deleteOnTermination: true }),
  };
}
