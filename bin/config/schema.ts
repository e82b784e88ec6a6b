import { z } from 'zod';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import { AWS_REGIONS } from '../../constructs/topology/versions/aws-regions';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { KUBERNETES_VERSIONS } from '../../constructs/topology/versions/kubernetes-versions';
import { patchesSchema, podSchema } from './pod-schema';

// The shape of a configuration file: keys and kinds of values. What the values must be is checked by the rules of the
// topology, so that it is written once for files and for code. The descriptions are the doc comments of the settings,
// which a test compares.

const text = (description: string, examples?: readonly string[]): z.ZodString =>
  z.string().meta({ description, ...(examples && { examples: [...examples] }) });
const integer = (description: string): z.ZodInt => z.int().describe(description);
const texts = (description: string): z.ZodArray<z.ZodString> => z.array(z.string()).describe(description);

const existingSubnetSchema = z.strictObject({
  subnetId: text('Id of the subnet, for example `subnet-0123456789abcdef0`.'),
  cidr: text('Range of the subnet. Must lie within `vpcCidr`.'),
  routeTableId: text('Id of the route table of the subnet. It gets a route to the other region. Subnets may share one.'),
});

const existingSubnetsSchema = (description: string): z.ZodArray<typeof existingSubnetSchema> =>
  z.array(existingSubnetSchema).describe(description);

const existingVpcSchema = z
  .strictObject({
    vpcId: text('Id of the VPC, for example `vpc-0123456789abcdef0`. It must have DNS support and DNS host names.'),
    privateSubnets: existingSubnetsSchema(
      'Private subnets for nodes and pods: one in each of `availabilityZones`, in the same order. Images are pulled from there.',
    ),
    forwarderSubnets: existingSubnetsSchema(
      'Subnets for the DNS forwarder and nothing else, so that nobody can take its addresses: one in each of `availabilityZones`, in the same order.',
    ),
    forwarderAddresses: texts(
      'Fixed private addresses of the DNS forwarder, one in each of `forwarderSubnets`, in the same order. Nobody else may have them.',
    ).optional(),
  })
  .describe('A VPC of yours that this region is put into.');

const regionSchema = z
  .strictObject({
    awsRegion: text('The AWS region, for example `eu-west-2`.', AWS_REGIONS),
    vpcCidr: text('Range of the VPC, private, /16 to /22. Must overlap none of the other three ranges.'),
    existingVpc: existingVpcSchema.optional(),
    serviceCidr: text('Range of the Kubernetes Services, private, /12 to /24. Must overlap none of the other three ranges.'),
    namespace: text('Kubernetes namespace of Camunda. Must differ between the regions, because DNS forwarding is per namespace.'),
    account: text('AWS account.').optional(),
    availabilityZones: texts('Three availability zones by name. State them where EKS does not run in every zone.').optional(),
    camundaPatch: text(
      'Patch of Camunda that this region runs, all three numbers. For an upgrade of one region after the other: leave it out when both run the same.',
    ).optional(),
  })
  .describe('One of the two regions.');

const camundaSchema = z
  .strictObject({
    version: text('Minor version of Camunda.', Object.keys(CAMUNDA_VERSIONS)).optional(),
    migratingFrom: text(
      'The older version whose data is being taken over. While it is set, exporters of both versions run, with importer and migration Job. Only `8.7`, and only with version `8.8`.',
    ).optional(),
    clusterSize: integer(
      'Number of brokers over both regions together. Must be even and at least 4: each region runs half of them.',
    ).optional(),
    partitionCount: integer('Number of partitions, at least 1. Can be raised later, never lowered.').optional(),
    replicationFactor: integer('Number of replicas of each partition. Must be 4: two in each region.').optional(),
    licenseSecretName: text(
      'Name of the secret in AWS Secrets Manager whose whole text is your licence key. You make it in both AWS regions, under the same name.',
    ).optional(),
  })
  .describe('The Zeebe cluster that spans both regions.');

const resourceSchema = z.strictObject({
  cpuMillis: integer('Requested CPU, in thousandths of a core.').optional(),
  cpuLimitMillis: integer('Upper limit of CPU, in thousandths of a core. Must not be less than the request.').optional(),
  memoryMiB: integer('Requested memory and its limit, in mebibytes.').optional(),
});

const orchestrationSchema = z
  .strictObject({
    resources: resourceSchema.describe('What each pod asks for.').optional(),
    volumeGiB: integer("Size of each broker's volume, in gibibytes. Cannot be changed in place.").optional(),
    dnsGateTimeoutSeconds: integer(
      'How long a starting broker waits for the names of all brokers to resolve before it starts anyway, in seconds.',
    ).optional(),
    pod: podSchema.optional(),
  })
  .describe('The pods of the brokers. From 8.8 on they run gateway, Operate and Tasklist too.');

const gatewaySchema = z
  .strictObject({
    replicas: integer('Number of pods in each region.').optional(),
    resources: resourceSchema.describe('What each pod asks for.').optional(),
    pod: podSchema.optional(),
  })
  .describe('The gateways, where they have pods of their own: in 8.7.');

const webApplicationSchema = z.strictObject({
  resources: resourceSchema.describe('What the pod asks for.').optional(),
  pod: podSchema.optional(),
});

const backupSchema = z
  .strictObject({
    enabled: z
      .boolean()
      .describe(
        "Whether each region gets a bucket for snapshots of its Elasticsearch, and one for copies of the other region's. A failback copies data through these buckets.",
      )
      .optional(),
    retainBuckets: z
      .boolean()
      .describe(
        'Whether the buckets outlive the deployment. Turn it off for test set-ups only: the buckets then go with all that is in them.',
      )
      .optional(),
    expiryDays: integer(
      'How long objects are kept after they were replaced or deleted, in days, 1 to 3650. As long can a snapshot repository be brought back to what it was.',
    ).optional(),
  })
  .describe('Snapshots of Elasticsearch, which a failback needs.');

const recoverySchema = z
  .strictObject({
    recreatedRegion: integer(
      'The region that is being recreated, 0 or 1. While it is set, neither region runs Operate and Tasklist, and the recreated one makes no schema.',
    ).optional(),
  })
  .describe('A region that was lost and is being recreated. Leave it out in normal operation.');

const acknowledgementSchema = z.strictObject({
  change: text(
    'Id of the change as a review prints it, for example `brokers-roll:both`. A `*` stands for any part of it, but the kind of change before the colon must be written out.',
  ),
  reason: text('Why the change is meant, in words that a reviewer understands.'),
  expires: text('Last day on which it counts, as `YYYY-MM-DD`, at most a year ahead. Afterwards the change fails a review again.'),
});

const reviewSchema = z
  .strictObject({
    acknowledge: z
      .array(acknowledgementSchema)
      .describe('Dangerous changes that are meant. A review lists them with their reason, and does not fail because of them.')
      .optional(),
  })
  .describe('What `npm run review` is told about this deployment. It changes nothing that is deployed.');

const connectorsSchema = z
  .strictObject({
    enabled: z.boolean().describe('Whether Connectors run at all.').optional(),
    replicas: integer('Number of pods in each region.').optional(),
    inbound: z
      .boolean()
      .describe('Whether webhooks and polling start and continue processes. Without it, Connectors only do what processes ask for.')
      .optional(),
    resources: resourceSchema.describe('What each pod asks for.').optional(),
    pod: podSchema.optional(),
  })
  .describe('Camunda Connectors.');

const elasticsearchSchema = z
  .strictObject({
    nodesPerRegion: integer('Number of nodes in each region, at least 3.').optional(),
    resources: resourceSchema.describe('What each node asks for.').optional(),
    volumeGiB: integer("Size of each node's volume, in gibibytes.").optional(),
    pod: podSchema.optional(),
  })
  .describe('Elasticsearch, one cluster in each region.');

const kubernetesSchema = z
  .strictObject({
    version: text('Minor version of Kubernetes.', Object.keys(KUBERNETES_VERSIONS)).optional(),
    publicAccessCidrs: texts('Ranges from which the API endpoint can be reached over the internet. `0.0.0.0/0` is refused.').optional(),
    adminRoleArns: texts('IAM roles that become administrators of both clusters.').optional(),
    recoveryRoleArns: texts('IAM roles that may carry out a recovery in both clusters, and nothing else.').optional(),
    logRetentionDays: integer(
      'How long logs of the control plane and VPC flow logs are kept, in days. One of the values that CloudWatch accepts.',
    ).optional(),
  })
  .describe('The EKS clusters.');

const nodesSchema = z
  .strictObject({
    instanceType: text('EC2 instance type.').optional(),
    perZone: integer('Number of nodes in each of the three zones.').optional(),
    maxPerZone: integer('Upper limit for the nodes in a zone, used while nodes are replaced.').optional(),
    volumeGiB: integer("Size of each node's root volume, in gibibytes, at least 20.").optional(),
  })
  .describe('The nodes of the EKS clusters.');

const imagesSchema = z
  .strictObject({
    registry: text(
      "Registry, with an optional path, that serves all images instead of the publishers' registries. For example `123456789012.dkr.ecr.eu-west-2.amazonaws.com/mirror`.",
    ).optional(),
    camundaTag: text(
      'Tag of the Camunda image, within the chosen minor version. In 8.7 it holds for brokers, gateways, Operate and Tasklist, which must be of the same patch.',
    ).optional(),
    connectorsTag: text('Tag of the Connectors image, within the chosen minor version.').optional(),
    elasticsearchTag: text(
      'Version of Elasticsearch, and tag of its image. All three numbers, of a version that the chosen Camunda supports.',
    ).optional(),
  })
  .describe('Where container images come from.');

const tlsSchema = z
  .strictObject({
    enabled: z
      .boolean()
      .describe(
        'Whether Elasticsearch and the gateway, gRPC and REST, take encrypted connections only. Clients then need the certificate of the authority.',
      )
      .optional(),
    betweenBrokers: z
      .boolean()
      .describe(
        'Whether brokers encrypt what they send each other, too. All of them or none: it can only be changed while every broker of both regions is stopped. Not in 8.7, and not while data of an older version is taken over.',
      )
      .optional(),
  })
  .describe('Encryption between the parts of the deployment, with certificates of a private authority that both regions share.');

const helmChartSchema = z.strictObject({
  repository: text('Chart repository: an `https://` or `oci://` address.').optional(),
  version: text('Exact version of the chart.').optional(),
});

const controllersSchema = z
  .strictObject({
    loadBalancerController: helmChartSchema
      .describe('AWS Load Balancer Controller, which registers CoreDNS at the DNS forwarder.')
      .optional(),
    elasticOperator: helmChartSchema.describe('Elastic Cloud on Kubernetes (ECK), the operator of Elasticsearch.').optional(),
    externalSecrets: helmChartSchema.describe('External Secrets Operator, which brings passwords from AWS Secrets Manager.').optional(),
    certManager: helmChartSchema.describe('cert-manager, which issues and renews certificates. Not installed without TLS.').optional(),
  })
  .describe('The Helm charts that are installed beside Camunda.');

/** The shape of a configuration file. */
export const configurationSchema = z
  .strictObject({
    name: text(
      "Prefix of the stacks, and Camunda's release name in both clusters. 1 to 20 lower-case letters, digits and hyphens, starting with a letter.",
    ).optional(),
    activeRegion: integer('The region that user traffic goes to, 0 or 1.').optional(),
    regions: z.array(regionSchema).describe('Region 0 and region 1, in this order. The order decides node ids and must never change.'),
    camunda: camundaSchema.optional(),
    orchestration: orchestrationSchema.optional(),
    gateway: gatewaySchema.optional(),
    operate: webApplicationSchema.describe('Operate, where it has a pod of its own: in 8.7.').optional(),
    tasklist: webApplicationSchema.describe('Tasklist, where it has a pod of its own: in 8.7.').optional(),
    connectors: connectorsSchema.optional(),
    elasticsearch: elasticsearchSchema.optional(),
    kubernetes: kubernetesSchema.optional(),
    nodes: nodesSchema.optional(),
    images: imagesSchema.optional(),
    controllers: controllersSchema.optional(),
    backup: backupSchema.optional(),
    tls: tlsSchema.optional(),
    recovery: recoverySchema.optional(),
    review: reviewSchema.optional(),
    acknowledgedRoundTripMs: z
      .number()
      .describe(
        'The round-trip time between both regions that you have measured and accept, in milliseconds. Needed when the regions are more than 100 ms apart.',
      )
      .optional(),
    retainVolumes: z
      .boolean()
      .describe(
        'Whether the volumes of brokers and Elasticsearch outlive the deployment. Turn it off for test set-ups only, and before the first deployment: a storage class cannot be changed later.',
      )
      .optional(),
    patches: patchesSchema.optional(),
    tags: z.record(z.string(), z.string()).describe('Tags of every AWS resource.').optional(),
  })
  .describe('What a dual-region deployment of Camunda 8 looks like. Everything else follows from it.');

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** Two types with different optional keys are assignable to each other; with every key required, they are not. */
type Complete<T> = T extends readonly (infer Entry)[] ? Complete<Entry>[] : T extends object ? { [K in keyof T]-?: Complete<T[K]> } : T;
type Holds<T extends true> = T;
type FromFile = z.infer<typeof configurationSchema>;

/** Does not compile once the schema and the settings drift apart. */
export type SchemaIsSettings = [Holds<Same<FromFile, DualRegionSettings>>, Holds<Same<Complete<FromFile>, Complete<DualRegionSettings>>>];
