import { App, Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ApiObject, App as Manifests, Chart } from 'cdk8s';
import { CamundaDualRegion, type CamundaRegion } from '../../lib';

// What you run beside Camunda, in the same clusters: job workers of a Helm chart, on nodes of their own, with an alarm.
const app = new App();
const camunda = new CamundaDualRegion(app, 'Camunda', {
  regions: [
    { awsRegion: 'eu-west-2', vpcCidr: '10.192.0.0/16', serviceCidr: '10.190.0.0/16', namespace: 'camunda-london' },
    { awsRegion: 'eu-west-3', vpcCidr: '10.202.0.0/16', serviceCidr: '10.200.0.0/16', namespace: 'camunda-paris' },
  ],
});
const NAMESPACE = 'payments';
const NODES = { workload: NAMESPACE };

for (const region of camunda.regions) {
  region.allowClientsFrom(NAMESPACE);
  const namespace = region.addManifests(namespaceChart(region));
  const workers = region.addHelmChart('PaymentWorkers', {
    chart: 'payment-workers',
    repository: 'oci://registry.example.com/charts/payment-workers',
    version: '1.4.0',
    namespace: NAMESPACE,
    createNamespace: false,
    values: {
      camunda: { grpcAddress: region.gatewayGrpcAddress, restAddress: region.gatewayRestAddress, trust: 'camunda-authority' },
      nodeSelector: NODES,
    },
  });
  workers.node.addDependency(namespace);

  new eks.Nodegroup(region, 'PaymentNodes', {
    cluster: region.cluster,
    subnets: { subnets: region.privateSubnets },
    instanceTypes: [new ec2.InstanceType('c6i.large')],
    minSize: 1,
    maxSize: 3,
    labels: NODES,
  });

  new cloudwatch.Alarm(region, 'NamesNotServed', {
    alarmDescription: 'The other region does not find the brokers of this one',
    metric: region.metricHealthyDnsTargets({ period: Duration.minutes(1) }),
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 3,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
  });
}
app.synth();

/** The namespace, and in it the certificate that workers trust. The key of the authority stays where it is. */
function namespaceChart({ awsRegion, certificateAuthority }: CamundaRegion): Chart {
  const chart = new Chart(new Manifests(), 'PaymentNamespace', { disableResourceNameHashes: true });
  new ApiObject(chart, 'Namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  new ApiObject(chart, 'SecretStore', {
    apiVersion: 'external-secrets.io/v1',
    kind: 'SecretStore',
    metadata: { name: 'aws', namespace: NAMESPACE },
    spec: { provider: { aws: { service: 'SecretsManager', region: awsRegion } } },
  });
  new ApiObject(chart, 'Authority', {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'camunda-authority', namespace: NAMESPACE },
    spec: {
      secretStoreRef: { kind: 'SecretStore', name: 'aws' },
      data: [{ secretKey: 'ca.crt', remoteRef: { key: certificateAuthority?.secretName, property: 'certificate' } }],
    },
  });
  return chart;
}
