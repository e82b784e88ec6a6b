import { join } from 'node:path';
import { stringify } from 'yaml';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import { regionManifests } from '../../lib/region-manifests';
import { testApp } from '../support/app';
import { synthesise } from '../support/deployment';
import { partitionTexts } from '../support/partition-texts';
import { withRegions } from '../support/settings/changed-settings';
import { WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

describe.each([
  ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1', undefined, 'amazonaws.com'],
  ['aws-cn', 'cn-northwest-1', 'cn-north-1', ['cn-north-1a', 'cn-north-1b', 'cn-north-1d'], 'amazonaws.com.cn'],
])('in the partition %s', (partition, first, second, availabilityZones, suffix) => {
  let documents: Readonly<Record<string, unknown>>;
  let texts: string[];

  beforeAll(() => {
    // The CDK tells on the console that nobody knows the distance between the regions.
    const errors = jest.spyOn(console, 'error').mockImplementation();
    const app = testApp();
    const settings = withRegions({ awsRegion: first }, { awsRegion: second, availabilityZones });
    const { construct, stacks } = synthesise(app, new CamundaDualRegion(app, 'Camunda', { ...settings, today: WHEN_ALL_WERE_SUPPORTED }));
    errors.mockRestore();
    documents = Object.fromEntries<unknown>([
      ...Object.entries(stacks).map(([id, { template }]): [string, unknown] => [id, template]),
      ...[0, 1].map((id): [string, unknown] => [`manifests of region ${id}`, regionManifests(construct.topology, id)]),
    ]);
    texts = Object.values(documents).map(document => JSON.stringify(document));
  });

  const found = (pattern: RegExp): string[] =>
    [...new Set(texts.flatMap(text => [...text.matchAll(pattern)].map(match => match[1])))].sort();

  test('every ARN is of the partition', () => {
    expect(found(/\barn:(aws[a-z-]*):/g)).toEqual([partition]);
  });

  test('every address of AWS ends as those of the partition', () => {
    expect(found(/https:\/\/([a-z0-9.-]+\.amazonaws\.[a-z.]+)/g)).toEqual([first, second].map(region => `s3.${region}.${suffix}`).sort());
  });

  test('all that depends on the partition is as it was reviewed', () => {
    const shown = Object.entries(documents).map(([name, document]) => [name, partitionTexts(document)]);
    const text = stringify(Object.fromEntries(shown), { lineWidth: 0 });
    expect(text).toMatchFile(join(__dirname, '__snapshots__', `partitions-${partition}.yaml`));
  });
});
