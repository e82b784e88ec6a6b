import { type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Controllers, type ControllersProps } from '../../constructs/cluster/controllers';
import { LoadBalancerController } from '../../constructs/cluster/load-balancer-controller';
import { emptyStack, resourcesOf, type SynthesisedResource } from '../support/app';

const CHARTS: ControllersProps['charts'] = {
  loadBalancerController: { repository: 'https://aws.github.io/eks-charts', version: '3.5.0' },
  elasticOperator: { repository: 'https://helm.elastic.co', version: '3.5.0' },
  externalSecrets: { repository: 'https://charts.external-secrets.io', version: '2.9.0' },
  certManager: { repository: 'https://charts.jetstack.io', version: 'v1.21.2' },
};
const TARGETS = 'arn:aws:elasticloadbalancing:eu-west-2:123456789012:targetgroup/Dns/0123456789abcdef';

let stack: Stack;
beforeEach(() => {
  stack = emptyStack();
});

function controllers(overrides: Partial<ControllersProps> = {}): Controllers {
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
    clusterName: 'imported',
    kubectlProvider: eks.KubectlProvider.fromKubectlProviderAttributes(stack, 'Provider', {
      serviceToken: 'arn:aws:lambda:eu-west-2:123456789012:function:kubectl',
    }),
  });
  return new Controllers(stack, 'Controllers', {
    cluster,
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-00000000', availabilityZones: ['eu-west-2a'] }),
    secretPrefix: 'camunda',
    issuesCertificates: true,
    targetGroupArn: TARGETS,
    charts: CHARTS,
    ...overrides,
  });
}

/** The Helm charts, by release. */
function charts(): Record<string, SynthesisedResource> {
  const all = Object.values(resourcesOf(Template.fromStack(stack), 'Custom::AWSCDK-EKS-HelmChart'));
  return Object.fromEntries(all.map(chart => [String(chart.Properties.Release), chart]));
}

const valuesOf = (chart: SynthesisedResource): unknown => JSON.parse(String(chart.Properties.Values));

const field = (name: string) => (chart: SynthesisedResource) => String(chart.Properties[name]);

test('installs exactly the pinned charts from their repositories, and waits for each', () => {
  controllers();
  const installed = Object.values(charts());
  expect(installed.map(({ Properties: { Chart, Version, Repository, Wait } }) => ({ Chart, Version, Repository, Wait }))).toEqual([
    { Chart: 'aws-load-balancer-controller', Version: '3.5.0', Repository: CHARTS.loadBalancerController.repository, Wait: true },
    { Chart: 'eck-operator', Version: '3.5.0', Repository: CHARTS.elasticOperator.repository, Wait: true },
    { Chart: 'external-secrets', Version: '2.9.0', Repository: CHARTS.externalSecrets.repository, Wait: true },
    { Chart: 'cert-manager', Version: 'v1.21.2', Repository: CHARTS.certManager.repository, Wait: true },
  ]);
});

test('has time to upgrade and to roll back before the deployment function ends, which would leave a release pending', () => {
  controllers();
  const times = Object.values(charts()).map(({ Properties: { Atomic, Timeout } }) => ({ Atomic, minutes: parseInt(String(Timeout)) / 60 }));
  expect(times).toEqual(Array(4).fill({ Atomic: true, minutes: 7 }));
  expect(2 * times[0].minutes).toBeLessThan(15);
});

test('installs them side by side', () => {
  controllers();
  const others = Object.keys(resourcesOf(Template.fromStack(stack), 'Custom::AWSCDK-EKS-HelmChart'));
  const waited = Object.values(charts()).flatMap(({ DependsOn = [] }) => DependsOn.filter(id => others.includes(id)));
  expect(waited).toEqual([]);
});

test('takes charts from other repositories, OCI ones included', () => {
  controllers({
    charts: {
      loadBalancerController: { repository: 'https://charts.example.com', version: '3.2.1' },
      elasticOperator: { repository: 'oci://registry.example.com/charts', version: '3.4.0' },
      externalSecrets: { repository: 'oci://registry.example.com/charts/', version: '1.3.1' },
      certManager: { repository: 'https://charts.example.com', version: 'v1.21.1' },
    },
  });
  expect(Object.values(charts()).map(field('Repository'))).toEqual([
    'https://charts.example.com',
    'oci://registry.example.com/charts/eck-operator',
    'oci://registry.example.com/charts/external-secrets',
    'https://charts.example.com',
  ]);
  expect(Object.values(charts()).map(field('Version'))).toEqual(['3.2.1', '3.4.0', '1.3.1', 'v1.21.1']);
});

test('takes images from their publishers, unless a registry is given', () => {
  controllers();
  const { 'target-group-binding': balancer, 'elastic-operator': elastic, 'external-secrets': secrets } = charts();
  expect(valuesOf(balancer)).toMatchObject({ image: { repository: 'public.ecr.aws/eks/aws-load-balancer-controller' } });
  expect(valuesOf(elastic)).toMatchObject({ image: { repository: 'docker.elastic.co/eck/eck-operator' } });
  expect(valuesOf(secrets)).toMatchObject({ image: { repository: 'ghcr.io/external-secrets/external-secrets' } });
});

test('takes every image from the given registry', () => {
  controllers({ imageRegistry: 'registry.example.com/mirror' });
  const repositories = Object.values(charts()).flatMap(chart => field('Values')(chart).match(/"repository":"[^"]+"/g) ?? []);
  expect(repositories).toHaveLength(10);
  expect(repositories.every(repository => repository.startsWith('"repository":"registry.example.com/mirror/'))).toBe(true);
});

test('installs cert-manager with its kinds only where certificates are issued', () => {
  controllers();
  expect(valuesOf(charts()['cert-manager'])).toMatchObject({
    crds: { enabled: true, keep: true },
    image: { repository: 'quay.io/jetstack/cert-manager-controller' },
  });
  stack = emptyStack();
  controllers({ issuesCertificates: false });
  expect(Object.keys(charts())).not.toContain('cert-manager');
});

test('tells the load-balancer controller what it cannot find out, and restricts it to bindings of CoreDNS', () => {
  controllers();
  expect(valuesOf(charts()['target-group-binding'])).toMatchObject({
    clusterName: 'imported',
    region: 'eu-west-2',
    vpcId: 'vpc-00000000',
    serviceAccount: { create: true, name: 'target-group-binding' },
    watchNamespace: 'kube-system',
    controllerConfig: { featureGates: { EnableServiceController: false, NLBGatewayAPI: false, ALBGatewayAPI: false } },
    enableServiceMutatorWebhook: false,
    webhookConfig: { disableIngressValidation: true },
    createIngressClassResource: false,
  });
});

test('installs what has an identity after it', () => {
  controllers();
  const { 'target-group-binding': balancer, 'external-secrets': secrets } = charts();
  expect(secrets.DependsOn).toContainEqual(expect.stringMatching(/^ControllersExternalSecretsIdentityRoleDefaultPolicy/));
  expect(balancer.DependsOn).toContainEqual(expect.stringMatching(/^ControllersLoadBalancerIdentityRoleDefaultPolicy/));
});

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

function statements(): Statement[] {
  return Object.values(resourcesOf(Template.fromStack(stack), 'AWS::IAM::Policy')).flatMap(
    ({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement,
  );
}

const actionsOf = ({ Action }: Statement): string[] => [Action].flat();

test('lets the load-balancer controller change the members of one target group', () => {
  controllers();
  expect(statements()).toContainEqual({
    Effect: 'Allow',
    Action: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
    Resource: TARGETS,
  });
});

test('lets External Secrets read the secrets of the deployment alone', () => {
  controllers({ secretPrefix: 'payments' });
  const [statement] = statements().filter(candidate => actionsOf(candidate).includes('secretsmanager:GetSecretValue'));
  expect(actionsOf(statement)).toEqual(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue']);
  expect(JSON.stringify(statement.Resource)).toMatch(/arn:aws:secretsmanager:eu-west-2:.*:secret:payments\/\*/);
});

test('allows no action by wildcard, and nothing but reading on all resources', () => {
  controllers();
  expect(
    statements()
      .flatMap(actionsOf)
      .filter(action => action.includes('*')),
  ).toEqual([]);
  const everywhere = statements().filter(({ Resource }) => Resource === '*');
  expect(everywhere).toHaveLength(1);
  expect(everywhere.flatMap(actionsOf).filter(action => !/^\w+:Describe/.test(action))).toEqual([]);
});

test('can be changed through its charts', () => {
  const chart = controllers().node.findChild('ElasticOperator') as eks.HelmChart;
  (chart.node.findChild('Resource').node.defaultChild as CfnResource).addPropertyOverride('Version', '3.4.9');
  expect(charts()['elastic-operator'].Properties.Version).toBe('3.4.9');
});

test('reads a licence key of any name too, and no secret beside it whose name only begins the same', () => {
  controllers({ licenseSecretName: 'company/camunda-licence' });
  const statements = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::IAM::Policy')).flatMap(
    ({ Properties }) => (Properties.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] }).Statement,
  );
  const reading = statements.filter(({ Action }) => JSON.stringify(Action).includes('secretsmanager:GetSecretValue'));
  const names = JSON.stringify(reading[0].Resource).match(/:secret:[^"]+/g);
  expect(reading).toHaveLength(1);
  expect(names).toEqual([':secret:camunda/*', ':secret:company/camunda-licence-??????']);
});

test('the load-balancer controller can be installed alone', () => {
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
    clusterName: 'imported',
    kubectlProvider: eks.KubectlProvider.fromKubectlProviderAttributes(stack, 'Provider', {
      serviceToken: 'arn:aws:lambda:eu-west-2:123456789012:function:kubectl',
    }),
  });
  const { chart } = new LoadBalancerController(stack, 'Controller', {
    cluster,
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-00000000', availabilityZones: ['eu-west-2a'] }),
    targetGroupArn: TARGETS,
    imageRegistry: 'registry.example.com/mirror',
    chart: CHARTS.loadBalancerController,
  });
  (chart.node.findChild('Resource').node.defaultChild as CfnResource).addPropertyOverride('Version', '3.4.9');
  expect(Object.keys(charts())).toEqual(['target-group-binding']);
  expect(valuesOf(charts()['target-group-binding'])).toMatchObject({
    image: { repository: 'registry.example.com/mirror/eks/aws-load-balancer-controller' },
  });
  expect(statements().flatMap(actionsOf)).not.toContain('secretsmanager:GetSecretValue');
  expect(charts()['target-group-binding'].Properties.Version).toBe('3.4.9');
});

test('two load-balancer controllers of other names share nothing: neither release, namespace, account nor objects of the cluster', () => {
  controllers();
  const cluster = stack.node.findAll().find(construct => construct.node.id === 'Cluster') as unknown as eks.ICluster;
  new LoadBalancerController(stack, 'Second', {
    cluster,
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'SecondVpc', { vpcId: 'vpc-00000000', availabilityZones: ['eu-west-2a'] }),
    targetGroupArn: TARGETS,
    chart: CHARTS.loadBalancerController,
    name: 'gateway-binding',
    watchedNamespace: 'camunda-london',
  });
  const [first, second] = [charts()['target-group-binding'], charts()['gateway-binding']];
  expect([first, second].map(({ Properties }) => Properties.Namespace)).toEqual(['target-group-binding', 'gateway-binding']);
  expect(valuesOf(second)).toMatchObject({
    nameOverride: 'gateway-binding',
    serviceAccount: { create: true, name: 'gateway-binding' },
    watchNamespace: 'camunda-london',
  });
  expect(valuesOf(first)).toMatchObject({ nameOverride: 'target-group-binding' });
  const identities = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::EKS::PodIdentityAssociation'));
  expect(identities.map(({ Properties }) => `${String(Properties.Namespace)}/${String(Properties.ServiceAccount)}`)).toEqual(
    expect.arrayContaining(['target-group-binding/target-group-binding', 'gateway-binding/gateway-binding']),
  );
});
