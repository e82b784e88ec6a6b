import { ACCOUNT_PLACEHOLDER, snapshotNames, snapshotStorage } from '../../../../constructs/topology/plan/storage/snapshot-storage';
import { Topology } from '../../../../constructs/topology/topology';
import { AWS_REGIONS } from '../../../../constructs/topology/versions/aws-regions';
import { withRegions } from '../../../support/settings/changed-settings';
import { DEFAULT_SETTINGS } from '../../../support/settings/settings';

const account = '123456789012';

test('names everything of a region after the deployment, the account and the AWS region', () => {
  expect(snapshotStorage(Topology.of(withRegions({ account }, { account })), 1)).toEqual({
    bucket: 'camunda-snapshots-123456789012-eu-west-3',
    copies: 'camunda-copies-123456789012-eu-west-3',
    role: 'camunda-elasticsearch-eu-west-3',
    roleArn: 'arn:aws:iam::123456789012:role/camunda-elasticsearch-eu-west-3',
    client: 'region1',
  });
});

test('says where the account belongs while nobody knows it', () => {
  const { bucket, roleArn } = snapshotStorage(Topology.of(DEFAULT_SETTINGS), 0);
  expect(bucket).toBe('camunda-snapshots-${AWS_ACCOUNT_ID}-eu-west-2');
  expect(roleArn).toContain(ACCOUNT_PLACEHOLDER);
});

test.each(AWS_REGIONS)('fits what S3 and IAM take in %s, for the longest name', awsRegion => {
  const { bucket, copies, role } = snapshotNames('a-name-of-20-letters', awsRegion, account);
  // `@see` Amazon S3 user guide, general purpose bucket naming rules
  for (const name of [bucket, copies]) expect(name).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
  expect(role.length).toBeLessThanOrEqual(64);
});

test('has different names for what is not the same', () => {
  const names = ['eu-west-2', 'eu-west-3'].flatMap(awsRegion => Object.values<string>({ ...snapshotNames('camunda', awsRegion, account) }));
  expect(new Set(names).size).toBe(names.length);
});
