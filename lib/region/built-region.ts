import { Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Chart } from 'cdk8s';
import { type Construct } from 'constructs';
import { PORTS } from '../../constructs/topology/plan/flows/flows';
import { awsSecretNames, kubernetesNames } from '../../constructs/topology/plan/names';
import { documentBucketName } from '../../constructs/topology/plan/storage/document-storage';
import { snapshotNames } from '../../constructs/topology/plan/storage/snapshot-storage';
import { planOf } from '../../constructs/topology/plan-of';
import { areInS3 } from '../../constructs/topology/settings/storage/documents';
import type { Topology } from '../../constructs/topology/topology';
import type { CamundaStack } from '../camunda-stack';
import { regionKey } from '../region-keys';
import type { RegionStack } from '../region-stack';
import { assertAddable, deniedIn, deniedPods } from './added-objects';
import { CamundaRegion } from './camunda-region';
import type { CamundaSecret, CamundaSecrets } from './camunda-secrets';
import { needed } from './needed';
import { RegionClients } from './region-clients';
import { clusterMetric, healthyHosts, storageMetric } from './region-metrics';
import { warn } from './warn';

const NO_SUCH_SECRET = 'take another one: Camunda 8.7 asks nobody for this password';
const BACKUP_OFF = "set 'backup.enabled' to true";

/** @internal */
export interface BuiltRegionProps {
  readonly topology: Topology;
  readonly regionId: number;
  /** The stack that the region is in. */
  readonly regionStack: RegionStack;
  /** The stack for what comes after Camunda. */
  readonly camundaStack: CamundaStack;
}

/**
 * A region that is made here.
 *
 * @internal
 */
export class BuiltRegion extends CamundaRegion {
  public readonly regionId: number;
  public readonly awsRegion: string;
  public readonly vpc: ec2.IVpc;
  public readonly privateSubnets: ec2.ISubnet[];
  public readonly cluster: eks.ICluster;
  public readonly namespace: string;
  public readonly gatewayGrpcAddress: string;
  public readonly gatewayRestAddress: string;
  public readonly secrets: CamundaSecrets;
  public readonly certificateAuthority?: secretsmanager.ISecret;
  public readonly snapshotBucket?: s3.IBucket;
  public readonly snapshotCopiesBucket?: s3.IBucket;
  public readonly documentBucket?: s3.IBucket;

  private readonly secretsKey?: kms.IKey;
  private readonly topology: Topology;
  private readonly regionStack: RegionStack;
  private readonly camundaStack: CamundaStack;
  private readonly clients: RegionClients;

  public constructor(scope: Construct, id: string, props: BuiltRegionProps) {
    super(scope, id);
    const { topology, regionId, regionStack } = props;
    this.topology = topology;
    this.regionStack = regionStack;
    this.camundaStack = props.camundaStack;
    const { awsRegion, namespace } = topology.regions[regionId];
    this.regionId = regionId;
    this.awsRegion = awsRegion;
    this.vpc = regionStack.network.vpc;
    this.privateSubnets = regionStack.network.privateSubnets;
    this.cluster = regionStack.cluster;
    this.namespace = namespace;
    const gateway = `${kubernetesNames(topology.name).zeebeGateway}.${namespace}.svc.cluster.local`;
    const plan = planOf(topology);
    this.gatewayGrpcAddress = plan.url(gateway, PORTS.gatewayGrpc);
    this.gatewayRestAddress = plan.url(gateway, PORTS.rest);

    const names = awsSecretNames(topology.name);
    // By name in region 0, too: a reference would hold on to its stack, also from the other region.
    const secret = (secretId: string, name: string): secretsmanager.ISecret => secretsmanager.Secret.fromSecretNameV2(this, secretId, name);
    this.secrets = {
      admin: secret('Admin', names.admin),
      connectors: secret('Connectors', names.connectors),
      elasticsearch: secret('Elasticsearch', names.elasticsearch),
      recovery: plan.version.components ? undefined : secret('Recovery', names.recovery),
    };
    this.secretsKey = regionKey(this, topology, { regionId, purpose: 'secrets' });
    if (plan.settings.tls.enabled) this.certificateAuthority = secret('CertificateAuthority', names.certificateAuthority);
    // Buckets by name: their stacks wait for the other region.
    const { account } = Stack.of(this);
    const encryptionKey = regionKey(this, topology, { regionId, purpose: 'buckets' });
    if (areInS3(plan.settings.documents)) {
      const bucketName = documentBucketName(topology.name, awsRegion, account);
      this.documentBucket = s3.Bucket.fromBucketAttributes(this, 'Documents', { bucketName, encryptionKey });
    }
    if (plan.settings.backup.enabled) {
      const { bucket, copies } = snapshotNames(topology.name, awsRegion, account);
      this.snapshotBucket = s3.Bucket.fromBucketAttributes(this, 'Snapshots', { bucketName: bucket, encryptionKey });
      this.snapshotCopiesBucket = s3.Bucket.fromBucketAttributes(this, 'SnapshotCopies', { bucketName: copies, encryptionKey });
    }
    this.clients = new RegionClients(this, 'Clients', {
      topology,
      regionId,
      camundaStack: props.camundaStack,
      securityGroupId: this.cluster.clusterSecurityGroupId,
    });
    // Nodes that are added wait for the network plug-in, as those that are there.
    this.node.addDependency(regionStack.nodeAddons);
  }

  public addManifests(chart: Chart, options: eks.KubernetesManifestOptions = {}): eks.KubernetesManifest {
    const manifest = chart.toJson() as Record<string, unknown>[];
    const { id } = chart.node;
    assertAddable(manifest, id, this.topology, this.regionId);
    const { extensions, cluster } = this.camundaStack;
    const added = new eks.KubernetesManifest(extensions, id, { cluster, manifest, ...options });
    warn(added, deniedPods(manifest, id, this.namespace));
    return added;
  }

  public addHelmChart(id: string, options: eks.HelmChartOptions): eks.HelmChart {
    const { extensions, cluster } = this.camundaStack;
    const added = new eks.HelmChart(extensions, id, { cluster, ...options });
    if (options.namespace === this.namespace) warn(added, [deniedIn(this.namespace, id, options.namespace)]);
    return added;
  }

  public allowClientsFrom(source: string): void {
    this.clients.admit(source);
  }

  public grantReadSecret(grantee: iam.IGrantable, secret: CamundaSecret): iam.Grant {
    const grant = needed(this.secrets[secret], `secrets.${secret}`, NO_SUCH_SECRET).grantRead(grantee);
    return this.secretsKey ? grant.combine(this.secretsKey.grantDecrypt(grantee)) : grant;
  }

  public grantSnapshots(grantee: iam.IGrantable): iam.Grant {
    const buckets = [this.snapshots(), needed(this.snapshotCopiesBucket, 'snapshotCopiesBucket', BACKUP_OFF)];
    return buckets.map(bucket => bucket.grantRead(grantee)).reduce((all, grant) => all.combine(grant));
  }

  public metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return clusterMetric(this.cluster.clusterName, metricName, options).attachTo(this);
  }

  public metricApiServerErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('apiserver_request_total_5XX', options);
  }

  public metricUnschedulablePods(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('scheduler_pending_pods_UNSCHEDULABLE', options);
  }

  public metricHealthyDnsTargets(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return healthyHosts(this.regionStack.dnsForwarder, options).attachTo(this);
  }

  public metricSnapshotBytes(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return storageMetric(this.snapshots(), { metricName: 'BucketSizeBytes', storageType: 'StandardStorage' }, options).attachTo(this);
  }

  public metricSnapshotObjects(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return storageMetric(this.snapshots(), { metricName: 'NumberOfObjects', storageType: 'AllStorageTypes' }, options).attachTo(this);
  }

  private snapshots(): s3.IBucket {
    return needed(this.snapshotBucket, 'snapshotBucket', BACKUP_OFF);
  }
}
