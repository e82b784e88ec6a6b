import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import type { DeploymentState } from '../../../lib/review/changes/deployment-state';
import { changesFrom, dangersFrom, idsOf } from '../../support/findings/found-changes';
import { withRegions, withSettings } from '../../support/settings/changed-settings';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { stateFor } from '../../support/settings/states';

const BASE = stateFor(DEFAULT_SETTINGS);
/** Ids of dangerous changes of AWS resources. */
const dangers = (settings: DualRegionSettings): string[] => dangersFrom(BASE, stateFor(settings));

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  [attribute: string]: unknown;
}
type Resources = Record<string, Resource>;

/** The base with one stack's resources changed by hand, as another version of the library might make them. */
function edited(stackRole: string, edit: (resources: Resources) => void): DeploymentState {
  const state = stateFor(DEFAULT_SETTINGS);
  edit(resourcesIn(state, stackRole));
  expect(state).not.toEqual(BASE);
  return state;
}

function resourcesIn(state: DeploymentState, stackRole: string): Resources {
  return state.stacks.find(stack => stack.stackRole === stackRole)!.template.Resources as unknown as Resources;
}

function first(resources: Resources, type: string): [string, Resource] {
  return Object.entries(resources).find(([, { Type }]) => Type === type)!;
}

function rename(resources: Resources, from: string, to: string): void {
  resources[to] = resources[from];
  delete resources[from];
}

const change = (type: string, properties: Record<string, unknown>) => (resources: Resources) =>
  Object.assign(first(resources, type)[1].Properties, properties);

describe('nothing changes', () => {
  test('against itself, with resources in another order, other hashes of files and other metadata', () => {
    const state = stateFor(DEFAULT_SETTINGS);
    const stacks = [...state.stacks].reverse().map(stack => {
      const resources = Object.entries(stack.template.Resources!).reverse();
      return { ...stack, template: { ...stack.template, Description: 'other', Resources: Object.fromEntries(resources) } };
    });
    expect(changesFrom(BASE, { ...state, stacks })).toEqual([]);
  });

  test('but code of functions, which is named as such', () => {
    const text = JSON.stringify(BASE.stacks).replace(/"[0-9a-f]{64}\.zip"/g, `"${'0'.repeat(64)}.zip"`);
    const changes = changesFrom(BASE, { ...BASE, stacks: JSON.parse(text) as DeploymentState['stacks'] });
    expect(changes.map(({ id, danger }) => [id, danger])).toEqual([
      ['function-code-changed:Region0', 'notice'],
      ['function-code-changed:Region1', 'notice'],
    ]);
  });

  test('when tags and rules of a security group are in another order', () => {
    const state = edited('Region0', resources => {
      for (const { Properties } of Object.values(resources)) (Properties?.Tags as unknown[] | undefined)?.reverse();
      for (const { Properties } of Object.values(resources)) (Properties?.SecurityGroupIngress as unknown[] | undefined)?.reverse();
    });
    expect(changesFrom(BASE, state)).toEqual([]);
  });
});

describe('resources that CloudFormation replaces', () => {
  test('the range of Services replaces the cluster, in its region only', () => {
    const ids = dangers(withRegions({ serviceCidr: '10.180.0.0/16' }));
    expect(ids).toEqual(expect.arrayContaining(['cluster-replaced:region0', 'service-range-changed:region0']));
    expect(ids.filter(id => id.includes('region1'))).toEqual([]);
  });

  test('the range of the VPC replaces it with its subnets, and moves the forwarder, in its region only', () => {
    const lost = ['forwarder-addresses-changed', 'forwarder-moved', 'subnets-replaced', 'vpc-replaced'].map(kind => `${kind}:region1`);
    expect(dangers(withRegions({}, { vpcCidr: '10.212.0.0/16' }))).toEqual(lost);
  });

  test('zones by other names replace subnets, but not the VPC', () => {
    const ids = dangers(withRegions({ availabilityZones: ['eu-west-2a', 'eu-west-2b', 'eu-west-2c'] }));
    expect(ids).toContain('subnets-replaced:region0');
    expect(ids).not.toContain('vpc-replaced:region0');
  });

  test('another instance type rolls the nodes of both regions at once', () => {
    const ids = dangers(withSettings({ nodes: { instanceType: 'm6i.2xlarge' } }));
    expect(ids).toEqual(['nodes-roll:both']);
    const one = edited('Region0', change('AWS::EKS::Nodegroup', { ReleaseVersion: '1.36.1-20261101' }));
    expect(dangersFrom(BASE, one)).toEqual([]);
  });

  const secret = first(resourcesIn(BASE, 'Region0'), 'AWS::SecretsManager::Secret')[0];
  const bucket = first(resourcesIn(BASE, 'Snapshots'), 'AWS::S3::Bucket')[0];

  test.each([
    ['Region0', 'AWS::SecretsManager::Secret', { Name: 'other' }, `secret-replaced:region0/${secret}`],
    ['Snapshots', 'AWS::S3::Bucket', { BucketName: 'other' }, `bucket-replaced:snapshots/${bucket}`],
    ['Peering', 'AWS::EC2::VPCPeeringConnection', { PeerRegion: 'eu-west-1' }, 'peering-replaced:peering'],
    ['Region1', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing' }, 'forwarder-replaced:region1'],
    ['Region1', 'AWS::EKS::Cluster', { RoleArn: 'other' }, 'cluster-replaced:region1'],
  ])('in %s, %s with %p', (stackRole, type, properties, id) => {
    expect(dangersFrom(BASE, edited(stackRole, change(type, properties)))).toContain(id);
  });

  test.each([
    ['Region0', 'AWS::SecretsManager::Secret', { Description: 'other' }],
    ['Snapshots', 'AWS::S3::Bucket', { BucketEncryption: {} }],
    ['Region1', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { LoadBalancerAttributes: [] }],
    ['Region1', 'AWS::EKS::Cluster', { Logging: {} }],
    ['Region1', 'AWS::EC2::VPC', { Tags: [] }],
  ])('but not in %s, %s with %p', (stackRole, type, properties) => {
    const changes = changesFrom(BASE, edited(stackRole, change(type, properties)));
    expect(changes.map(({ danger, kind }) => [danger, kind])).toEqual([['notice', 'resources-changed']]);
  });
});

describe('ids that change', () => {
  test('a bucket that goes while another comes, and one that goes alone', () => {
    const [id] = first(resourcesIn(BASE, 'Snapshots'), 'AWS::S3::Bucket');
    const renamed = changesFrom(
      BASE,
      edited('Snapshots', resources => rename(resources, id, 'Other')),
    );
    expect(idsOf(renamed, 'dangerous')).toEqual([`bucket-replaced:snapshots/${id}`]);
    expect(
      dangersFrom(
        BASE,
        edited('Snapshots', resources => delete resources[id]),
      ),
    ).toEqual([`bucket-removed:snapshots/${id}`]);
  });

  test('a group of manifests under another id would be deleted after it was applied', () => {
    const id = Object.keys(resourcesIn(BASE, 'Camunda0')).find(one => one.startsWith('Orchestration'))!;
    const state = edited('Camunda0', resources => rename(resources, id, 'Other'));
    expect(dangersFrom(BASE, state)).toEqual([`logical-id-changed:Camunda0/${id}`]);
  });

  test('a function under another id hurts nobody', () => {
    const [id] = first(resourcesIn(BASE, 'Region0'), 'AWS::Lambda::LayerVersion');
    expect(
      dangersFrom(
        BASE,
        edited('Region0', resources => rename(resources, id, 'Other')),
      ),
    ).toEqual([]);
  });

  test('a rule of a security group under another id admits the same, and EC2 refuses it', () => {
    const id = Object.keys(resourcesIn(BASE, 'Region0')).find(one => one.startsWith('PeerIngressElasticsearch'))!;
    expect(
      dangersFrom(
        BASE,
        edited('Region0', resources => rename(resources, id, 'Other')),
      ),
    ).toEqual([`logical-id-changed:Region0/${id}`]);
  });
});

describe('security groups', () => {
  test('a port that opens is dangerous, another description is none', () => {
    const group = 'AWS::EC2::SecurityGroupIngress';
    const opened = changesFrom(BASE, edited('Region0', change(group, { FromPort: 0, ToPort: 65535 })));
    expect(idsOf(opened, 'dangerous').map(id => id.split(':')[0])).toEqual(['opening-closed', 'opening-opened']);
    expect(changesFrom(BASE, edited('Region0', change(group, { Description: 'other' })))).toEqual([]);
  });
});

describe('retention', () => {
  test('buckets that are no longer retained, and none when they are again', () => {
    const loose = stateFor(withSettings({ backup: { retainBuckets: false } }));
    const ids = dangersFrom(BASE, loose);
    expect(ids.map(id => id.split('/')[0])).toEqual(
      ['peersnapshots', 'snapshotcopies0', 'snapshotcopies1', 'snapshots'].map(stackRole => `retention-lowered:${stackRole}`),
    );
    expect(dangersFrom(loose, BASE)).toEqual([]);
  });

  test('stacks that are no longer described are named, and their flow', () => {
    const printed = jest.spyOn(console, 'error').mockImplementation(); // a warning about backups
    const changes = changesFrom(BASE, stateFor(withSettings({ backup: { enabled: false } })));
    printed.mockRestore();
    expect(
      changes
        .filter(({ kind }) => kind === 'stack-removed')
        .map(({ where }) => where.part)
        .sort(),
    ).toEqual(['PeerSnapshots', 'SnapshotCopies0', 'SnapshotCopies1', 'Snapshots']);
  });
});

test('tags on every resource are a few lines, and roll the nodes', () => {
  const changes = changesFrom(BASE, stateFor(withSettings({ tags: { team: 'processes' } })));
  expect(idsOf(changes, 'dangerous')).toEqual(['nodes-roll:both']);
  expect(changes.length).toBeLessThan(60);
});
