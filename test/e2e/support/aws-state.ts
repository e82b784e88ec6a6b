import { bed } from './bed';

/** Tags, or other pairs of texts. */
export type TextMap = Readonly<Record<string, string>>;

export interface Vpc {
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly tags: TextMap;
}

export interface Subnet {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly availabilityZone: string;
  readonly mapPublicIpOnLaunch: boolean;
  readonly tags: TextMap;
}

export interface Route {
  readonly destination: string;
  /** Id of the gateway, NAT gateway, peering or interface; `local` for the VPC itself; null for none. */
  readonly target: string | null;
  readonly state: string;
}

export interface RouteTable {
  readonly routeTableId: string;
  readonly vpcId: string;
  readonly tags: TextMap;
  /** Serves the subnets that name no table. */
  readonly main: boolean;
  readonly subnetIds: readonly string[];
  readonly routes: readonly Route[];
}

/** One rule with one source or destination: `cidr`, `group` or `prefixList`. */
export interface SecurityGroupRule {
  /** `tcp`, `udp`, or `-1` for all. */
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly cidr?: string;
  readonly group?: string;
  readonly prefixList?: string;
  readonly description?: string;
}

export interface SecurityGroup {
  readonly groupId: string;
  readonly groupName: string;
  readonly vpcId: string;
  readonly description: string;
  readonly tags: TextMap;
  readonly ingress: readonly SecurityGroupRule[];
  readonly egress: readonly SecurityGroupRule[];
}

export interface NetworkAcl {
  readonly networkAclId: string;
  readonly vpcId: string;
  readonly isDefault: boolean;
  readonly subnetIds: readonly string[];
  readonly entries: readonly {
    readonly ruleNumber: number;
    readonly protocol: string;
    readonly ruleAction: 'allow' | 'deny';
    readonly egress: boolean;
    readonly cidrBlock?: string;
    readonly fromPort: number | null;
    readonly toPort: number | null;
  }[];
}

/** One side of a peering. The emulator doesn't say its range. */
export interface PeeringSide {
  readonly vpcId: string;
  readonly region: string;
  readonly ownerId: string;
}

export interface Peering {
  readonly id: string;
  readonly status: string;
  readonly requester: PeeringSide;
  readonly accepter: PeeringSide;
}

export interface LoadBalancer {
  readonly loadBalancerArn: string;
  readonly loadBalancerName: string;
  readonly type: string;
  readonly scheme: string;
  readonly vpcId: string;
  readonly securityGroups?: readonly string[];
  readonly subnets: readonly { readonly subnetId: string; readonly zone: string; readonly addresses: readonly string[] }[];
  readonly attributes: TextMap;
  readonly listeners: readonly { readonly protocol: string; readonly port: number; readonly targetGroupArns: readonly string[] }[];
  readonly targetGroups: readonly {
    readonly targetGroupArn: string;
    readonly protocol: string;
    readonly port: number;
    readonly targetType: string;
    readonly vpcId: string;
    readonly healthCheckProtocol: string;
    readonly healthCheckPort: string;
    readonly attributes: TextMap;
  }[];
}

export interface NodeGroup {
  readonly nodegroupName: string;
  readonly status: string;
  readonly subnets: readonly string[];
  readonly scalingConfig: { readonly minSize: number; readonly maxSize: number; readonly desiredSize: number };
  readonly updateConfig: { readonly maxUnavailable?: number };
  readonly amiType: string;
  readonly launchTemplate: { readonly id: string; readonly version: string };
  readonly nodeRole: string;
  readonly nodeRepairConfig: { readonly enabled: boolean };
  readonly labels: TextMap;
  readonly tags: TextMap;
}

export interface Addon {
  readonly addonName: string;
  readonly addonVersion?: string;
  readonly status: string;
  /** JSON, as the add-on was given it. */
  readonly configurationValues?: string;
  readonly serviceAccountRoleArn?: string;
}

export interface EksCluster {
  readonly name: string;
  readonly version: string;
  readonly status: string;
  readonly endpoint: string;
  readonly roleArn: string;
  readonly vpc: {
    readonly vpcId: string;
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
    readonly clusterSecurityGroupId: string;
    readonly endpointPublicAccess: boolean;
    readonly endpointPrivateAccess: boolean;
    readonly publicAccessCidrs: readonly string[];
  };
  readonly serviceCidr: string;
  readonly authenticationMode: string;
  readonly logTypes: readonly string[];
  readonly encryptionConfig: readonly { readonly resources: readonly string[]; readonly provider: { readonly keyArn: string } }[];
  readonly tags: TextMap;
  readonly nodegroups: readonly NodeGroup[];
  readonly addons: readonly Addon[];
  readonly accessEntries: readonly {
    readonly principalArn: string;
    readonly type: string;
    readonly groups: readonly string[];
    readonly policies: readonly string[];
  }[];
  readonly podIdentities: readonly { readonly namespace: string; readonly serviceAccount: string; readonly roleArn: string }[];
}

export interface AwsSecret {
  readonly arn: string;
  readonly name: string;
  readonly kmsKeyId: string | null;
  readonly primaryRegion: string | null;
  readonly replicas: readonly { readonly region: string; readonly status: string; readonly kmsKeyId?: string }[];
}

/** A bucket, apart from those of the bootstrap. */
export interface Bucket {
  readonly name: string;
  readonly versioning: string | null;
  readonly publicAccessBlocked: boolean;
  readonly encryption: readonly string[];
  /** Names of buckets that its objects are copied to. */
  readonly copiedTo: readonly string[];
}

export interface KmsKey {
  readonly keyId: string;
  readonly arn: string;
  readonly description: string | null;
  readonly state: string;
  readonly manager: string;
  readonly multiRegion: boolean | null;
  readonly rotation: boolean;
  readonly aliases: readonly string[];
}

export interface Stack {
  readonly name: string;
  readonly status: string;
  readonly description: string | null;
  readonly tags: TextMap;
  readonly outputs: TextMap;
}

/** What one AWS region holds. The default VPC of the account is left out. */
export interface AwsRegionState {
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly routeTables: readonly RouteTable[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly networkAcls: readonly NetworkAcl[];
  readonly peerings: readonly Peering[];
  readonly natGateways: readonly { readonly natGatewayId: string; readonly subnetId: string; readonly state: string }[];
  readonly internetGateways: readonly { readonly id: string; readonly vpcIds: readonly string[] }[];
  /** Public ones. */
  readonly addresses: readonly { readonly allocationId: string; readonly publicIp: string }[];
  readonly flowLogs: readonly {
    readonly flowLogId: string;
    readonly resourceId: string;
    readonly trafficType: string;
    readonly flowLogStatus: string;
    readonly logDestinationType: string;
    readonly logGroupName: string | null;
  }[];
  readonly launchTemplates: readonly {
    readonly launchTemplateId: string;
    readonly launchTemplateName: string;
    /** As the API has it, keys with capital letters. */
    readonly data: {
      readonly InstanceType?: string;
      readonly BlockDeviceMappings?: readonly {
        readonly DeviceName: string;
        readonly Ebs?: Readonly<Record<string, string | number | boolean>>;
      }[];
      readonly MetadataOptions?: Readonly<Record<string, string | number>>;
    };
  }[];
  readonly loadBalancers: readonly LoadBalancer[];
  readonly clusters: readonly EksCluster[];
  readonly secrets: readonly AwsSecret[];
  readonly buckets: readonly Bucket[];
  readonly keys: readonly KmsKey[];
  readonly logGroups: readonly { readonly name: string; readonly retentionInDays: number | null }[];
  readonly stacks: readonly Stack[];
}

/** What both AWS regions hold now, region 0 first, asked of the services themselves. */
export async function awsState(): Promise<readonly [AwsRegionState, AwsRegionState]> {
  const [first, second] = bed().regions;
  return Promise.all([stateOf(first.awsRegion), stateOf(second.awsRegion)]);
}

async function stateOf(awsRegion: string): Promise<AwsRegionState> {
  const response = await fetch(`http://127.0.0.1:${bed().environment.BED_STATE_PORT}/${awsRegion}`);
  if (!response.ok) throw new Error(`the state of ${awsRegion} could not be read:\n${await response.text()}`);
  return (await response.json()) as AwsRegionState;
}
