import { Stack, type App, type CfnResource } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Topology } from '../../constructs/topology/topology';
import { CamundaManifests } from '../../lib/camunda-manifests';
import { CamundaPrerequisites } from '../../lib/camunda-prerequisites';
import { CamundaSnapshotCopies } from '../../lib/camunda-snapshot-copies';
import { CamundaSnapshots } from '../../lib/camunda-snapshots';
import { regionManifests } from '../../lib/region-manifests';
import { resourcesOf, testApp } from '../support/app';
import { deployedObjects } from '../support/deployed-objects';
import { withRegions, withSettings } from '../support/settings/changed-settings';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { ofVersion, WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

const topology = Topology.of(DEFAULT_SETTINGS);
const account = '123456789012';

let app: App;
let stack: Stack;
beforeEach(() => {
  app = testApp();
  stack = new Stack(app, 'Apps', { env: { region: 'eu-west-2' } });
});

function existingCluster(scope: Stack = stack): eks.ICluster {
  return eks.Cluster.fromClusterAttributes(scope, 'Cluster', {
    clusterName: 'apps',
    kubectlProvider: eks.KubectlProvider.fromKubectlProviderAttributes(scope, 'Provider', {
      serviceToken: `arn:aws:lambda:eu-west-2:${account}:function:kubectl`,
    }),
  });
}

function provider(): iam.IOidcProvider {
  const arn = `arn:aws:iam::${account}:oidc-provider/oidc.eks.eu-west-2.amazonaws.com/id/0123456789ABCDEF`;
  return iam.OidcProviderNative.fromOidcProviderArn(stack, 'IdentityProvider', arn);
}

describe('CamundaManifests', () => {
  test('applies the very objects that the command line writes, in their order, and nothing else', () => {
    new CamundaManifests(stack, 'Camunda', { topology, regionId: 0, cluster: existingCluster() });
    const { Resources } = Template.fromStack(stack).toJSON() as {
      Resources: Record<string, { Type: string; Properties: Record<string, unknown>; DependsOn?: string[] }>;
    };
    const manifests = Object.entries(Resources);
    expect(new Set(manifests.map(([, { Type }]) => Type))).toEqual(new Set(['Custom::AWSCDK-EKS-KubernetesResource']));
    expect(manifests.map(([, { Properties }]) => deployedObjects(Properties.Manifest))).toEqual(
      regionManifests(topology, 0).map(({ objects }) => objects),
    );
    expect(manifests.map(([, { DependsOn }]) => DependsOn ?? [])).toEqual([[], ...manifests.slice(0, -1).map(([id]) => [id])]);
    expect(manifests.filter(([, { Properties }]) => Properties.PruneLabel !== undefined)).toEqual([]);
    expect(new Set(manifests.map(([, { Properties }]) => Properties.ClusterName))).toEqual(new Set(['apps']));
  });

  test('can be changed through its manifests', () => {
    const { manifests } = new CamundaManifests(stack, 'Camunda', { topology, regionId: 0, cluster: existingCluster() });
    (manifests[0].node.findChild('Resource').node.defaultChild as CfnResource).addPropertyOverride('Overwrite', true);
    expect(Object.values(resourcesOf(Template.fromStack(stack), 'Custom::AWSCDK-EKS-KubernetesResource'))[0].Properties.Overwrite).toBe(
      true,
    );
  });

  test.each<[string, number, RegExp]>([
    [
      'the cluster of the other region',
      1,
      /'env.region' must be eu-west-3 for stack 'Apps'.*region 1.*got 'eu-west-2'; give the stack .*\[stack-region\]/,
    ],
    ['a region that is none', 2, /'regionId' must be 0 or 1, got 2; .*\[region-id\]/],
  ])('fails for %s', (_what, regionId, message) => {
    expect(() => new CamundaManifests(stack, 'Camunda', { topology, regionId, cluster: existingCluster() })).toThrow(message);
  });

  test('fails for a stack that does not say where it is deployed', () => {
    const anywhere = new Stack(app, 'Anywhere');
    expect(() => new CamundaManifests(anywhere, 'Camunda', { topology, regionId: 0, cluster: existingCluster(anywhere) })).toThrow(
      /'env.region' must be eu-west-2 .* got a value that is known only at deployment/,
    );
  });

  test('fails for another account than that of the settings', () => {
    const own = Topology.of(withRegions({ account }, { account }));
    const other = new Stack(app, 'Other', { env: { region: 'eu-west-2', account: '111111111111' } });
    expect(() => new CamundaManifests(other, 'Camunda', { topology: own, regionId: 0, cluster: existingCluster(other) })).toThrow(
      /'env.account' must be 123456789012 .*'regions\[0\].account'.*got '111111111111'.*\[stack-account\]/,
    );
    expect(() => new CamundaManifests(stack, 'Camunda', { topology: own, regionId: 0, cluster: existingCluster() })).not.toThrow();
  });

  test('fails for a cluster that nothing can be applied to, and tells every mistake at once', () => {
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'apps' });
    const place = (regionId: number) => () => new CamundaManifests(stack, `Camunda${regionId}`, { topology, regionId, cluster });
    expect(place(0)).toThrow(
      /'cluster.kubectlProvider' must be the function .* cluster 'apps', got nothing; .*ExistingCluster.*\[cluster-provider\]/,
    );
    expect(place(1)).toThrow('2 mistakes');
  });
});

describe('CamundaPrerequisites', () => {
  const made = (): string[] => {
    const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
    return Object.values(Resources).map(({ Type }) => Type);
  };

  test('makes in region 0 the secrets of both regions, and the role for snapshots', () => {
    new CamundaPrerequisites(stack, 'Prerequisites', { topology, regionId: 0, identityProvider: provider() });
    const secrets = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::SecretsManager::Secret')).map(
      ({ Properties }) => Properties,
    );
    expect(secrets.map(({ Name, ReplicaRegions }) => [Name, ReplicaRegions])).toEqual(
      ['elasticsearch', 'admin', 'connectors', 'recovery', 'certificate-authority'].map(name => [
        `camunda/${name}`,
        [{ Region: 'eu-west-3' }],
      ]),
    );
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { RoleName: 'camunda-elasticsearch-eu-west-2' });
  });

  test('makes no user for a recovery of 8.7, whose REST API asks for none', () => {
    const older = Topology.of(withSettings(ofVersion('8.7')), WHEN_ALL_WERE_SUPPORTED);
    new CamundaPrerequisites(stack, 'Prerequisites', { topology: older, regionId: 0, identityProvider: provider() });
    const names = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::SecretsManager::Secret')).map(
      ({ Properties }) => Properties.Name,
    );
    expect(names).not.toContain('camunda/recovery');
    expect(names).toContain('camunda/connectors');
  });

  test('makes in region 1 the role for snapshots alone', () => {
    stack = new Stack(app, 'Paris', { env: { region: 'eu-west-3' } });
    new CamundaPrerequisites(stack, 'Prerequisites', { topology, regionId: 1, identityProvider: provider() });
    expect(made().sort()).toEqual(['AWS::IAM::Policy', 'AWS::IAM::Role']);
  });

  test('needs no identity provider where there are no snapshots', () => {
    const without = Topology.of(withSettings({ backup: { enabled: false } }));
    expect(() => new CamundaPrerequisites(stack, 'Prerequisites', { topology: without, regionId: 0 })).not.toThrow();
  });

  test('makes the certificate authority without TLS too, so that it is the same one once TLS is on', () => {
    const without = Topology.of(withSettings({ backup: { enabled: false }, tls: { enabled: false } }));
    new CamundaPrerequisites(stack, 'Prerequisites', { topology: without, regionId: 0 });
    expect(made()).toContain('Custom::CertificateAuthority');
  });

  test('fails without an identity provider, and in another region than its own, and tells both', () => {
    expect(() => new CamundaPrerequisites(stack, 'Prerequisites', { topology, regionId: 0 })).toThrow(
      /'identityProvider' must be given while 'backup.enabled' is true, got nothing; .*OidcProviderNative.*\[identity-provider\]/,
    );
    expect(() => new CamundaPrerequisites(stack, 'Others', { topology, regionId: 1 })).toThrow('2 mistakes');
  });
});

test.each([
  ['CamundaSnapshots', CamundaSnapshots],
  ['CamundaSnapshotCopies', CamundaSnapshotCopies],
])('%s fails in another region than its own', (_name, Type) => {
  expect(() => new Type(stack, 'Buckets', { topology, regionId: 1 })).toThrow('must be eu-west-3');
});
