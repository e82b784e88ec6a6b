import { Party } from './flows/flows';

/**
 * Names of Kubernetes objects, as the official chart has them, so that Camunda's guides and dashboards apply.
 *
 * @internal
 */
export interface KubernetesNames {
  readonly zeebe: string;
  readonly zeebeGateway: string;
  readonly zeebeConfiguration: string;
  readonly zeebeGatewayConfiguration: string;
  readonly operate: string;
  readonly operateConfiguration: string;
  readonly tasklist: string;
  readonly tasklistConfiguration: string;
  readonly migrationImporter: string;
  readonly migrationJob: string;
  readonly connectors: string;
  readonly connectorsHeadless: string;
}

/** @internal */
export function kubernetesNames(release: string): KubernetesNames {
  return {
    zeebe: `${release}-zeebe`,
    zeebeGateway: `${release}-zeebe-gateway`,
    zeebeConfiguration: `${release}-zeebe-configuration`,
    zeebeGatewayConfiguration: `${release}-zeebe-gateway-configuration`,
    operate: `${release}-operate`,
    operateConfiguration: `${release}-operate-configuration`,
    tasklist: `${release}-tasklist`,
    tasklistConfiguration: `${release}-tasklist-configuration`,
    migrationImporter: `${release}-zeebe-migration-importer`,
    migrationJob: `${release}-zeebe-migration-data`,
    connectors: `${release}-connectors`,
    connectorsHeadless: `${release}-connectors-headless`,
  };
}

/**
 * Name of the StatefulSet of a region's brokers. With zones it holds the zone's, as in the official chart: it is what tells the
 * pods and the metrics of two regions apart.
 *
 * @internal
 */
export function brokerStatefulSet(release: string, zone: string | undefined): string {
  const { zeebe } = kubernetesNames(release);
  return zone === undefined ? zeebe : `${zeebe}-${zone}`;
}

/**
 * Names that do not depend on the release. Those of Elasticsearch are the ones that its operator gives.
 *
 * @internal
 */
export const FIXED_NAMES = {
  /** Volume claim of a broker. With the pod's name it makes the claim's name, so it can never change. */
  brokerVolume: 'data',
  elasticsearch: 'elasticsearch',
  /** Service with a cluster address: for use inside the region only. */
  elasticsearchHttp: 'elasticsearch-es-http',
  /** Service that the operator itself uses. */
  elasticsearchInternalHttp: 'elasticsearch-es-internal-http',
  /** Headless service: pod addresses can be routed to the other region, cluster addresses cannot. */
  elasticsearchNodes: 'elasticsearch-es-masters',
  elasticsearchNodeSet: 'masters',
  /** Volume claim of Elasticsearch. With the pod's name, which the operator gives, it makes the claim's name. */
  elasticsearchVolume: 'elasticsearch-data',
  elasticsearchUser: 'camunda',
  elasticsearchRole: 'camunda',
  /** Prefix of the indices with Zeebe's records. */
  zeebeRecords: 'zeebe-record',
  /** Snapshot repository of Camunda's backups, in each region's Elasticsearch. */
  backupRepository: 'camunda_backup',
  /** Snapshot repository of a failback: apart from that of the backups, whose bucket stays the region's own. */
  failbackRepository: 'camunda_failback',
  /** Kubernetes Secret and key of the superuser that the operator makes. Only he may restore a snapshot. */
  elasticsearchAdminSecret: 'elasticsearch-es-elastic-user',
  elasticsearchAdminUser: 'elastic',
  /** ConfigMap in which a deployment describes itself and its key. */
  recoveryTopology: 'camunda-recovery-topology',
  recoveryTopologyKey: 'topology.json',
  /** ConfigMap in which a recovery keeps its progress, and the Lease that says who runs it. */
  recoveryProgress: 'camunda-recovery-progress',
  recoveryProgressKey: 'progress.json',
  recoveryLease: 'camunda-recovery',
  /** Kubernetes Secret of the Elasticsearch user that Camunda writes as. */
  elasticsearchUserSecret: 'camunda-elasticsearch-user',
  elasticsearchRolesSecret: 'camunda-elasticsearch-roles',
  /** Kubernetes Secret of Camunda's own users. */
  camundaUsersSecret: 'camunda-users',
  /** Key of the password in the Secret of the Elasticsearch user. */
  passwordKey: 'password',
  adminPasswordKey: 'admin-password',
  connectorsPasswordKey: 'connectors-password',
  recoveryPasswordKey: 'recovery-password',
  /** Kubernetes Secret of the licence key, and the key within it. */
  licenseSecret: 'camunda-license',
  licenseKey: 'license-key',
  adminUser: 'admin',
  connectorsUser: 'connectors',
  /** Whom a recovery asks the REST API as. Reading the topology takes a login and no right, so the user has no role. */
  recoveryUser: 'recovery',
  /** Roles that Camunda has by itself. */
  adminRole: 'admin',
  connectorsRole: 'connectors',
  /** Secret with those of the clients of an identity provider, and what it calls them. So does the secret in AWS. */
  oidcSecret: 'camunda-oidc',
  oidcKeys: { orchestration: 'orchestration', connectors: 'connectors', recovery: 'recovery' },
  /** Issuer of cert-manager, and the Secret of the private authority that it signs with. */
  certificateIssuer: 'camunda',
  certificateAuthoritySecret: 'camunda-certificate-authority',
  /** Certificate, and Secret with it, of brokers and gateways. */
  camundaCertificate: 'camunda-tls',
  /** Certificate, and Secret with it, of Elasticsearch. */
  elasticsearchCertificate: 'camunda-elasticsearch-tls',
  secretStore: 'aws-secrets-manager',
  storageClass: 'ebs-sc',
  /** Kubernetes group of users who may carry out a recovery, and Role with the rights for it. */
  recoveryGroup: 'camunda-recovery',
  /** Network policy that admits nothing: what no other policy admits is denied because it is there. */
  denyAllPolicy: 'default-deny',
  elasticOperatorNamespace: 'elastic-system',
  externalSecretsNamespace: 'external-secrets',
  certManagerNamespace: 'cert-manager',
  /** Release, namespace and service account of the load-balancer controller, none of which a second one has by default. */
  targetGroupBinding: 'target-group-binding',
  /** The same for the controller that registers Camunda's pods at the load balancers of `traffic`. */
  trafficBinding: 'camunda-traffic-binding',
  /** Names of the ports at which Operate and Tasklist of 8.7, and Connectors, serve metrics. */
  applicationManagementPort: 'management',
  connectorsPort: 'http',
  alertRules: 'camunda-alerts',
  dnsNamespace: 'kube-system',
  dnsService: 'kube-dns',
  /** The port's name in the Service that EKS makes for CoreDNS. */
  dnsTcpPort: 'dns-tcp',
  /** Namespaces with this label set to `true` may use Camunda's gateway. */
  clientLabel: 'camunda-dual-region/client',
} as const;

/** @internal */
export interface AwsSecretNames {
  readonly elasticsearch: string;
  readonly admin: string;
  readonly connectors: string;
  readonly recovery: string;
  /** Secrets of the clients of an identity provider. */
  readonly oidc: string;
  /** Certificate and key of the private authority. */
  readonly certificateAuthority: string;
}

/**
 * Names of the secrets in AWS Secrets Manager. Fixed, because the other region finds the replica by its name.
 *
 * @internal
 */
export function awsSecretNames(release: string): AwsSecretNames {
  return {
    elasticsearch: `${release}/elasticsearch`,
    admin: `${release}/admin`,
    connectors: `${release}/connectors`,
    recovery: `${release}/recovery`,
    oidc: `${release}/oidc`,
    certificateAuthority: `${release}/certificate-authority`,
  };
}

/**
 * Labels by which the pods of a party are selected.
 *
 * @internal
 */
export function podLabels(release: string, party: Party): { readonly [key: string]: string } {
  switch (party) {
    case Party.ORCHESTRATION:
      return camundaLabels(release, 'zeebe-broker');
    case Party.GATEWAY:
      return camundaLabels(release, 'zeebe-gateway');
    case Party.OPERATE:
      return camundaLabels(release, 'operate');
    case Party.TASKLIST:
      return camundaLabels(release, 'tasklist');
    case Party.IMPORTER:
      return camundaLabels(release, 'orchestration-importer');
    case Party.MIGRATION:
      return camundaLabels(release, 'orchestration-migration');
    case Party.CONNECTORS:
      return camundaLabels(release, 'connectors');
    case Party.ELASTICSEARCH:
      return { 'elasticsearch.k8s.elastic.co/cluster-name': FIXED_NAMES.elasticsearch };
    case Party.CLUSTER_DNS:
      return { 'k8s-app': 'kube-dns' };
    default:
      return {};
  }
}

/**
 * What every object of Camunda carries.
 *
 * @internal
 */
export function camundaLabels(release: string, component: string): { readonly [key: string]: string } {
  return {
    app: 'camunda-platform',
    'app.kubernetes.io/name': 'camunda-platform',
    'app.kubernetes.io/instance': release,
    'app.kubernetes.io/part-of': 'camunda-platform',
    'app.kubernetes.io/component': component,
  };
}

/**
 * Name of the priority class of pods that keep data. It stands outside of every namespace, so that it begins with the
 * release's name.
 *
 * @internal
 */
export function dataPriorityName(release: string): string {
  return `${release}-data`;
}
