import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { SystemReservedSettings } from '../topology/settings/nodes';

/**
 * What a node is told at its start, beside what EKS tells it. Undefined where that is nothing: EKS puts its own part in.
 *
 * @see Amazon EKS user guide, customize managed nodes with launch templates: user data
 *
 * @internal
 */
export function nodeUserData({ cpuMillis = 0, memoryMiB = 0 }: SystemReservedSettings, isBottlerocket: boolean): ec2.UserData | undefined {
  if (cpuMillis === 0 && memoryMiB === 0) return undefined;
  const reserved = { cpu: `${cpuMillis}m`, memory: `${memoryMiB}Mi` };
  return isBottlerocket ? bottlerocketData(reserved) : nodeConfig(reserved);
}

interface Reserved {
  readonly cpu: string;
  readonly memory: string;
}

/** `@see` Bottlerocket documentation, settings.kubernetes: system-reserved */
function bottlerocketData({ cpu, memory }: Reserved): ec2.UserData {
  return ec2.UserData.custom(`[settings.kubernetes.system-reserved]\ncpu = "${cpu}"\nmemory = "${memory}"\n`);
}

/** `@see` Amazon EKS AMI documentation, nodeadm: NodeConfig */
function nodeConfig(systemReserved: Reserved): ec2.UserData {
  const body = { apiVersion: 'node.eks.aws/v1alpha1', kind: 'NodeConfig', spec: { kubelet: { config: { systemReserved } } } };
  const data = new ec2.MultipartUserData();
  data.addPart(ec2.MultipartBody.fromRawBody({ contentType: 'application/node.eks.aws', body: JSON.stringify(body) }));
  return data;
}
