import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CamundaDualRegion } from '../../../lib/camunda-dual-region';
import type { CamundaRegion } from '../../../lib/region/camunda-region';
import { CamundaSecret } from '../../../lib/region/camunda-secrets';
import { resourcesOf, testApp } from '../../support/app';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { ofVersion } from '../../support/settings/versions';

const ACCOUNT = '111111111111';

let london: CamundaRegion;
let paris: CamundaRegion;
beforeEach(() => {
  const regions = DEFAULT_SETTINGS.regions.map(region => ({ ...region, account: ACCOUNT }));
  [london, paris] = new CamundaDualRegion(testApp(), 'Camunda', { ...DEFAULT_SETTINGS, regions }).regions;
});

/** An alarm as it stands in the template of the region's stack. */
function alarmOn(region: CamundaRegion, metric: cloudwatch.Metric): Readonly<Record<string, unknown>> {
  new cloudwatch.Alarm(region, 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 });
  const [{ Properties }] = Object.values(resourcesOf(Template.fromStack(Stack.of(region)), 'AWS::CloudWatch::Alarm'));
  return Properties;
}

function idOf(region: CamundaRegion, type: string): string {
  return Object.keys(resourcesOf(Template.fromStack(Stack.of(region)), type))[0];
}

describe('metrics', () => {
  test.each([
    ['metricApiServerErrors', 'apiserver_request_total_5XX'],
    ['metricUnschedulablePods', 'scheduler_pending_pods_UNSCHEDULABLE'],
  ] as const)('%s is one that EKS publishes of this cluster', (method, MetricName) => {
    const alarm = alarmOn(london, london[method]());
    expect(alarm).toMatchObject({ Namespace: 'AWS/EKS', MetricName, Statistic: 'Sum', Period: 300 });
    expect(alarm.Dimensions).toEqual([{ Name: 'ClusterName', Value: { Ref: idOf(london, 'AWS::EKS::Cluster') } }]);
  });

  test('metric takes any of them, and options count', () => {
    const metric = paris.metric('apiserver_request_total_429', { statistic: 'Maximum' });
    expect(alarmOn(paris, metric)).toMatchObject({ Namespace: 'AWS/EKS', MetricName: 'apiserver_request_total_429', Statistic: 'Maximum' });
  });

  test('metricHealthyDnsTargets is the least number of healthy targets of the DNS forwarder', () => {
    const alarm = alarmOn(london, london.metricHealthyDnsTargets());
    expect(alarm).toMatchObject({ Namespace: 'AWS/NetworkELB', MetricName: 'HealthyHostCount', Statistic: 'Minimum' });
    expect(alarm.Dimensions).toEqual([
      {
        Name: 'LoadBalancer',
        Value: { 'Fn::GetAtt': [idOf(london, 'AWS::ElasticLoadBalancingV2::LoadBalancer'), 'LoadBalancerFullName'] },
      },
      { Name: 'TargetGroup', Value: { 'Fn::GetAtt': [idOf(london, 'AWS::ElasticLoadBalancingV2::TargetGroup'), 'TargetGroupFullName'] } },
    ]);
  });

  test.each([
    ['metricSnapshotBytes', 'BucketSizeBytes', 'StandardStorage'],
    ['metricSnapshotObjects', 'NumberOfObjects', 'AllStorageTypes'],
  ] as const)('%s is a daily one of the bucket of snapshots', (method, MetricName, storageType) => {
    const alarm = alarmOn(paris, paris[method]());
    expect(alarm).toMatchObject({ Namespace: 'AWS/S3', MetricName, Period: 86400 });
    expect(alarm.Dimensions).toEqual([
      { Name: 'BucketName', Value: `camunda-snapshots-${ACCOUNT}-eu-west-3` },
      { Name: 'StorageType', Value: storageType },
    ]);
  });

  test('on a dashboard elsewhere they say their region', () => {
    const elsewhere = new Stack(testApp(), 'Dashboards', { env: { region: 'us-east-1' } });
    new cloudwatch.Dashboard(elsewhere, 'Dashboard', {
      widgets: [[new cloudwatch.GraphWidget({ left: [paris.metricSnapshotBytes()] })]],
    });
    expect(JSON.stringify(Template.fromStack(elsewhere).toJSON())).toContain('eu-west-3');
  });
});

describe('grants', () => {
  const policiesIn = (region: CamundaRegion): string =>
    JSON.stringify(
      Object.values(resourcesOf(Template.fromStack(Stack.of(region)), 'AWS::IAM::Policy')).filter(({ Properties }) =>
        JSON.stringify(Properties.Roles).includes('ExtensionsReader'),
      ),
    );
  const reader = (region: CamundaRegion): iam.Role => new iam.Role(region, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });

  test('grantReadSecret lets somebody read that secret here, and no other', () => {
    const grant = paris.grantReadSecret(reader(paris), CamundaSecret.CONNECTORS);
    expect(grant.success).toBe(true);
    const policies = policiesIn(paris);
    expect(policies.match(/secretsmanager:\w+/g)?.sort()).toEqual(expect.arrayContaining(['secretsmanager:GetSecretValue']));
    expect(policies.match(/:secret:[\w/-]+/g)).toEqual([':secret:camunda/connectors-']);
    expect(policies).toContain(`:secretsmanager:eu-west-3:${ACCOUNT}:`);
  });

  test('grantSnapshots lets somebody read both buckets of the region, and write none', () => {
    london.grantSnapshots(reader(london));
    const policies = policiesIn(london);
    expect([...new Set(policies.match(/:s3:::[\w-]+/g))].sort()).toEqual(
      ['copies', 'snapshots'].map(name => `:s3:::camunda-${name}-${ACCOUNT}-eu-west-2`),
    );
    expect(policies.match(/"s3:(\w+)/g)?.filter(action => !/^"s3:(Get|List)/.test(action))).toEqual([]);
  });

  test('what the settings leave out is told', () => {
    const [plain] = new CamundaDualRegion(testApp(), 'Camunda', {
      ...DEFAULT_SETTINGS,
      ...ofVersion('8.7'),
      backup: { enabled: false },
    }).regions;
    const grantee = reader(plain);
    expect(() => plain.grantSnapshots(grantee)).toThrow("'snapshotBucket' must be there, got nothing; set 'backup.enabled' to true");
    expect(() => plain.metricSnapshotBytes()).toThrow("'snapshotBucket' must be there");
    expect(() => plain.grantReadSecret(grantee, CamundaSecret.RECOVERY)).toThrow(/'secrets.recovery' must be there, .*8\.7/);
  });
});
