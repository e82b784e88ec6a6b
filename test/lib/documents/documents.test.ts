import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Party } from '../../../constructs/topology/plan/flows/flows';
import { Topology } from '../../../constructs/topology/topology';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { CamundaDualRegion } from '../../../lib/camunda-dual-region';
import { CamundaPrerequisites } from '../../../lib/camunda-prerequisites';
import { CamundaDocumentCopies } from '../../../lib/documents/camunda-document-copies';
import { CamundaDocuments } from '../../../lib/documents/camunda-documents';
import { testApp } from '../../support/app';
import { defaultDeployment, synthesise, type Deployment } from '../../support/deployment';
import { at, find, objectsOf } from '../../support/manifests';
import { keysIn } from '../../support/settings/full-settings';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { ofVersion } from '../../support/settings/versions';

const ACCOUNT = '111111111111';
const IDS = ['Documents0', 'Documents1', 'DocumentCopies', 'PeerDocumentCopies'];
const BUCKETS = ['eu-west-2', 'eu-west-3'].map(awsRegion => `camunda-documents-${ACCOUNT}-${awsRegion}`);
const IN_S3 = {
  ...DEFAULT_SETTINGS,
  documents: { store: 's3', expiryDays: 14, deleteAfterDays: 90 },
  regions: DEFAULT_SETTINGS.regions.map(region => ({ ...region, account: ACCOUNT, keys: keysIn(region.awsRegion) })),
};

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

let deployment: Deployment;
beforeAll(() => {
  const app = testApp();
  deployment = synthesise(app, new CamundaDualRegion(app, 'Camunda', IN_S3));
});

function resourcesIn(stack: string, type: string): [string, Resource][] {
  const { Resources } = deployment.stacks[stack].template as { readonly Resources: Record<string, Resource> };
  return Object.entries(Resources).filter(([, { Type }]) => Type === type);
}

test('there is a bucket in each region, under a name that the other one knows', () => {
  for (const [regionId, awsRegion] of ['eu-west-2', 'eu-west-3'].entries()) {
    const [[, { Properties }], ...others] = resourcesIn(`Documents${regionId}`, 'AWS::S3::Bucket');
    expect([Properties.BucketName, others, deployment.stacks[`Documents${regionId}`].environment.region]).toEqual([
      BUCKETS[regionId],
      [],
      awsRegion,
    ]);
    const rules = JSON.stringify(Properties.LifecycleConfiguration);
    expect(rules).toContain('"ExpirationInDays":90');
    expect(rules).toContain('"NoncurrentDays":14');
    expect(JSON.stringify(Properties.BucketEncryption)).toContain(keysIn(awsRegion).buckets);
    expect(deployment.construct.regions[regionId].documentBucket?.bucketName).toBe(BUCKETS[regionId]);
  }
});

test('each is copied to the other one, by a stack of its own region', () => {
  for (const [regionId, id] of ['DocumentCopies', 'PeerDocumentCopies'].entries()) {
    const [[, { Properties }], ...others] = resourcesIn(id, 'Custom::BucketCopies');
    expect(others).toEqual([]);
    const call = JSON.stringify(Properties.Create);
    expect(call).toContain(`\\"Bucket\\":\\"${BUCKETS[regionId]}\\"`);
    expect(call).toContain(`\\"Destination\\":{\\"Bucket\\":\\"arn:aws:s3:::${BUCKETS[1 - regionId]}\\"`);
    expect(deployment.stacks[id].environment.region).toBe(['eu-west-2', 'eu-west-3'][regionId]);
  }
});

test.each([
  ['Documents0', []],
  ['Documents1', []],
  ['DocumentCopies', ['Documents0', 'Documents1']],
  ['PeerDocumentCopies', ['Documents0', 'Documents1']],
  ['Camunda0', ['Documents0', 'Region0']],
  ['Camunda1', ['Documents1', 'Region1']],
])('%s waits for %j, so that losing a region blocks no Camunda', (id, expected) => {
  const ids = new Map(Object.entries(deployment.stacks).map(([name, stack]) => [stack.id, name]));
  expect(deployment.stacks[id].dependencies.flatMap(({ id: artifact }) => ids.get(artifact) ?? []).sort()).toEqual(expected);
});

test('no stack of documents refers to another one but by a name', () => {
  for (const id of IDS) expect(JSON.stringify(deployment.stacks[id].template)).not.toMatch(/GetStackOutput|ImportValue|ExportsOutput/);
});

test.each([0, 1])('brokers of region %i get a role by EKS Pod Identity, for their own bucket alone', regionId => {
  const stack = `Region${regionId}`;
  const associations = resourcesIn(stack, 'AWS::EKS::PodIdentityAssociation').filter(
    ([, { Properties }]) => Properties.ServiceAccount === 'camunda-zeebe',
  );
  expect(associations.map(([, { Properties }]) => Properties.Namespace)).toEqual([['camunda-london', 'camunda-paris'][regionId]]);
  const { RoleArn } = associations[0][1].Properties as { RoleArn: { 'Fn::GetAtt': [string, string] } };
  const policies = resourcesIn(stack, 'AWS::IAM::Policy').filter(([, { Properties }]) =>
    JSON.stringify(Properties.Roles).includes(`"${RoleArn['Fn::GetAtt'][0]}"`),
  );
  const text = JSON.stringify(policies);
  expect([...new Set(text.match(/arn:aws:(s3|kms):[^"]*/g))].sort()).toEqual(
    [
      `arn:aws:s3:::${BUCKETS[regionId]}`,
      `arn:aws:s3:::${BUCKETS[regionId]}/*`,
      keysIn(['eu-west-2', 'eu-west-3'][regionId]).buckets,
    ].sort(),
  );
  // Its pods run under that service account.
  const objects = objectsOf(regionId, IN_S3);
  expect(at(find(objects, 'StatefulSet', 'camunda-zeebe'), 'spec', 'template', 'spec', 'serviceAccountName')).toBe('camunda-zeebe');
  // A second identity on the same account would win over it.
  expect(JSON.stringify(find(objects, 'ServiceAccount', 'camunda-zeebe'))).not.toContain('eks.amazonaws.com/role-arn');
});

interface Variable {
  readonly name: string;
  readonly value?: string;
}

/** What brokers are told of documents. */
function variables(settings: object, regionId = 0): Record<string, string | undefined> {
  const pod = find(objectsOf(regionId, { ...DEFAULT_SETTINGS, ...settings }), 'StatefulSet', 'camunda-zeebe');
  const [{ env }] = at<{ env: Variable[] }[]>(pod, 'spec', 'template', 'spec', 'containers');
  return Object.fromEntries(env.filter(({ name }) => /DOCUMENT|AWS/.test(name)).map(({ name, value }) => [name, value]));
}

const OLD_NAMES = {
  DOCUMENT_DEFAULT_STORE_ID: 'aws',
  DOCUMENT_STORE_AWS_CLASS: 'io.camunda.document.store.aws.AwsDocumentStoreProvider',
  DOCUMENT_STORE_AWS_BUCKET: BUCKETS[0],
  AWS_REGION: 'eu-west-2',
};

test.each([
  ['8.8', OLD_NAMES],
  ['8.9', OLD_NAMES],
  ['8.10', { CAMUNDA_DOCUMENT_DEFAULTSTOREID: 'aws', CAMUNDA_DOCUMENT_AWS_AWS_BUCKETNAME: BUCKETS[0], AWS_REGION: 'eu-west-2' }],
])('brokers of %s know their store by its id, bucket and region, and no key', (version, expected) => {
  expect(variables({ ...IN_S3, ...ofVersion(version) })).toEqual(expected);
});

test('the store has one id in both regions and in all versions: references hold it', () => {
  const ids = Object.keys(CAMUNDA_VERSIONS)
    .filter(version => CAMUNDA_VERSIONS[version].documents.s3)
    .flatMap(version => [0, 1].map(regionId => variables({ ...IN_S3, ...ofVersion(version) }, regionId)))
    .map(names => names.CAMUNDA_DOCUMENT_DEFAULTSTOREID ?? names.DOCUMENT_DEFAULT_STORE_ID);
  expect(ids.length).toBeGreaterThan(4);
  expect(new Set(ids)).toEqual(new Set(['aws']));
});

test('without an account, manifests name one that is to be filled in', () => {
  expect(variables({ documents: { store: 's3' } }).DOCUMENT_STORE_AWS_BUCKET).toBe('camunda-documents-${AWS_ACCOUNT_ID}-eu-west-2');
});

describe('traffic', () => {
  const toAws = (settings: object): string[] =>
    Topology.of({ ...DEFAULT_SETTINGS, ...settings })
      .flows.filter(({ source, target }) => source === Party.ORCHESTRATION && [Party.OUTSIDE, Party.ADDRESSES].includes(target))
      .map(({ target, cidr, port, crossRegion, regionId }) => `${cidr ?? target} ${port} ${crossRegion} ${regionId}`);

  test('is admitted from brokers to S3 and to the agent on their node, and only while they keep documents there', () => {
    expect(toAws({})).toEqual([]);
    expect(toAws(IN_S3)).toEqual(['outside 443 false undefined', '169.254.170.23/32 80 false undefined']);
  });

  test('reaches the agent through the policy of the brokers, which names no other address of the node', () => {
    const policy = find(objectsOf(0, IN_S3), 'NetworkPolicy', 'orchestration');
    const rules = at<{ to: { ipBlock?: { cidr: string; except?: string[] } }[]; ports: { port: number }[] }[]>(policy, 'spec', 'egress');
    const blocks = rules.flatMap(({ to, ports }) => to.flatMap(({ ipBlock }) => (ipBlock ? [{ ...ipBlock, ports }] : [])));
    expect(blocks).toContainEqual({ cidr: '169.254.170.23/32', ports: [{ port: 80, protocol: 'TCP' }] });
    expect(blocks.find(({ cidr }) => cidr === '0.0.0.0/0')?.except).toContain('169.254.0.0/16');
  });
});

test('in memory, nothing of all that is there', () => {
  const { stacks, construct } = defaultDeployment();
  expect(Object.keys(stacks).filter(id => id.includes('Document'))).toEqual([]);
  expect(construct.regions[0].documentBucket).toBeUndefined();
  expect(JSON.stringify(stacks.Region0.template)).not.toContain('-documents-');
});

describe('on its own', () => {
  let stack: Stack;
  const topology = Topology.of({ ...DEFAULT_SETTINGS, documents: { store: 's3' }, backup: { enabled: false } });
  beforeEach(() => {
    stack = new Stack(testApp(), 'London', { env: { region: 'eu-west-2' } });
  });

  test.each([
    ['CamundaDocuments', CamundaDocuments],
    ['CamundaDocumentCopies', CamundaDocumentCopies],
  ])('%s fails in another region than its own', (_name, Type) => {
    expect(() => new Type(stack, 'Documents', { topology, regionId: 1 })).toThrow('must be eu-west-3');
  });

  test('prerequisites ask for the cluster, and give its pods the role', () => {
    expect(() => new CamundaPrerequisites(stack, 'Nothing', { topology, regionId: 0 })).toThrow(
      /'cluster' must be given while 'documents.store' is 's3', got nothing; .*\[document-cluster\]/,
    );
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'apps' });
    new CamundaPrerequisites(stack, 'Prerequisites', { topology, regionId: 0, cluster });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      ClusterName: 'apps',
      Namespace: 'camunda-london',
      ServiceAccount: 'camunda-zeebe',
    });
  });
});
