import { at, find, objectsOf, type Labels, type PodTemplate } from '../support/manifests';
import { DEFAULT_SETTINGS } from '../support/settings/settings';

const elasticsearch = (regionId: number, settings: Parameters<typeof objectsOf>[1] = {}) =>
  find(objectsOf(regionId, settings), 'Elasticsearch', 'elasticsearch');
const podOf = (...args: Parameters<typeof elasticsearch>): PodTemplate =>
  at<PodTemplate>(elasticsearch(...args), 'spec', 'nodeSets', 0, 'podTemplate');
const clientsOf = (...args: Parameters<typeof elasticsearch>): Labels =>
  Object.fromEntries(
    Object.entries(at<Labels>(elasticsearch(...args), 'spec', 'nodeSets', 0, 'config')).filter(([key]) => key.startsWith('s3.')),
  );
const variablesOf = (...args: Parameters<typeof elasticsearch>): Record<string, string | undefined> =>
  Object.fromEntries((podOf(...args).spec.containers[0].env ?? []).map(({ name, value }) => [name, value]));

const endpoint = (awsRegion: string) => `https://s3.${awsRegion}.amazonaws.com`;

test.each([
  [0, 'eu-west-2'],
  [1, 'eu-west-3'],
])('knows in region %i the buckets of both by the same names, and its own by default', (regionId, own) => {
  expect(clientsOf(regionId)).toEqual({
    's3.client.default.region': own,
    's3.client.default.endpoint': endpoint(own),
    's3.client.region0.region': 'eu-west-2',
    's3.client.region0.endpoint': endpoint('eu-west-2'),
    's3.client.region1.region': 'eu-west-3',
    's3.client.region1.endpoint': endpoint('eu-west-3'),
  });
});

test('has its token where Elasticsearch looks for it, on every node, for AWS STS', () => {
  const { spec } = podOf(0);
  const file = variablesOf(0).AWS_WEB_IDENTITY_TOKEN_FILE!;
  // `@see` Elasticsearch guide, S3 repository: using IAM roles for Kubernetes service accounts
  expect(file).toBe('/usr/share/elasticsearch/config/repository-s3/aws-web-identity-token-file');
  const [mount] = spec.containers[0].volumeMounts!.filter(({ mountPath }) => file.startsWith(`${mountPath}/`));
  expect(mount).toMatchObject({ readOnly: true });
  const volume = spec.volumes!.find(({ name }) => name === mount.name);
  expect(volume?.projected).toEqual({
    sources: [
      {
        serviceAccountToken: { audience: 'sts.amazonaws.com', expirationSeconds: 86_400, path: file.slice(mount.mountPath.length + 1) },
      },
    ],
  });
});

test('asks the STS of its own region for the role of its own region', () => {
  expect(variablesOf(1)).toMatchObject({
    AWS_ROLE_ARN: 'arn:aws:iam::${AWS_ACCOUNT_ID}:role/camunda-elasticsearch-eu-west-3',
    AWS_REGION: 'eu-west-3',
  });
  const account = '123456789012';
  const regions = DEFAULT_SETTINGS.regions.map(region => ({ ...region, account }));
  expect(variablesOf(1, { regions }).AWS_ROLE_ARN).toBe('arn:aws:iam::123456789012:role/camunda-elasticsearch-eu-west-3');
});

test.each([
  ['8.19.19', undefined],
  ['9.2.1', undefined],
  ['8.18.4', 'regional'],
])('Elasticsearch %s is told to ask the STS of its region: %p', (elasticsearchTag, told) => {
  const camunda = { version: elasticsearchTag.startsWith('9') ? '8.9' : '8.8' };
  expect(variablesOf(0, { camunda, images: { elasticsearchTag } }).AWS_STS_REGIONAL_ENDPOINTS).toBe(told);
});

test('still has no token for the Kubernetes API', () => {
  expect(podOf(0).spec.automountServiceAccountToken).toBe(false);
});

test('has nothing of all that without backup', () => {
  const settings = { backup: { enabled: false } };
  expect(clientsOf(0, settings)).toEqual({});
  expect(Object.keys(variablesOf(0, settings))).toEqual(['ZONE']);
  expect(podOf(0, settings).spec.volumes).toBeUndefined();
  expect(podOf(0, settings).spec.containers[0].volumeMounts).toBeUndefined();
});
