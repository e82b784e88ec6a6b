import type { k8s } from 'cdk8s-plus-28';
import { snapshotStorage } from '../topology/plan/storage/snapshot-storage';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';
import { partitionOf } from '../topology/versions/aws-partitions';
import { isOlderThan, SECOND_AWS_SDK } from '../topology/versions/elasticsearch-version';

/** Where Elasticsearch looks for a token, and nowhere else: it may read no file outside of its configuration. */
const TOKEN_FOLDER = '/usr/share/elasticsearch/config/repository-s3';
const TOKEN_FILE = 'aws-web-identity-token-file';
const TOKEN_VOLUME = 'aws-token';
/** Whom the token is meant for. The provider that IAM knows the cluster by accepts nobody else. */
const TOKEN_AUDIENCE = 'sts.amazonaws.com';
/** The kubelet makes a new one when a fifth of this is left; Elasticsearch sees the file change. */
const TOKEN_SECONDS = 86_400;

/**
 * S3 clients of Elasticsearch, one for buckets of each region and the default one for its own. Each asks the endpoint of its
 * region: the global one is that of a region which may be the lost one.
 *
 * @see Elasticsearch guide, S3 repository: client settings
 *
 * @internal
 */
export function snapshotSettings(topology: Topology, regionId: number): { readonly [setting: string]: string } {
  if (!planOf(topology).settings.backup.enabled) return {};
  const clients = topology.regions.map(region => ({ client: snapshotStorage(topology, region.regionId).client, ...region }));
  return Object.fromEntries(
    [{ ...clients[regionId], client: 'default' }, ...clients].flatMap(({ client, awsRegion }) => [
      [`s3.client.${client}.region`, awsRegion],
      [`s3.client.${client}.endpoint`, `https://s3.${awsRegion}.${partitionOf(awsRegion).dnsSuffix}`],
    ]),
  );
}

/**
 * The pods with a token of their service account, which AWS STS takes for the role that may keep snapshots.
 *
 * The token is mounted where Elasticsearch looks for it. The webhook of EKS, which an annotation of the service account would
 * call, mounts it elsewhere: a script would have to link it on every start.
 *
 * @see Elastic Cloud on Kubernetes, snapshots: use AWS IAM roles for service accounts
 *
 * @internal
 */
export function withSnapshotIdentity(pod: k8s.PodTemplateSpec, topology: Topology, regionId: number): k8s.PodTemplateSpec {
  if (!planOf(topology).settings.backup.enabled) return pod;
  const [container, ...others] = pod.spec!.containers;
  const serviceAccountToken = { audience: TOKEN_AUDIENCE, expirationSeconds: TOKEN_SECONDS, path: TOKEN_FILE };
  return {
    ...pod,
    spec: {
      ...pod.spec,
      containers: [
        {
          ...container,
          env: [
            ...(container.env ?? []),
            { name: 'AWS_ROLE_ARN', value: snapshotStorage(topology, regionId).roleArn },
            { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: `${TOKEN_FOLDER}/${TOKEN_FILE}` },
            // The region whose STS is asked. The global endpoint is that of a region which may be the lost one.
            { name: 'AWS_REGION', value: topology.regions[regionId].awsRegion },
            ...(usesFirstSdk(topology) ? [{ name: 'AWS_STS_REGIONAL_ENDPOINTS', value: 'regional' }] : []),
          ],
          volumeMounts: [...(container.volumeMounts ?? []), { name: TOKEN_VOLUME, mountPath: TOKEN_FOLDER, readOnly: true }],
        },
        ...others,
      ],
      volumes: [...(pod.spec!.volumes ?? []), { name: TOKEN_VOLUME, projected: { sources: [{ serviceAccountToken }] } }],
    },
  };
}

/** The first AWS SDK asks the global endpoint unless it is told otherwise, whatever its region. */
function usesFirstSdk(topology: Topology): boolean {
  const { settings, version } = planOf(topology);
  return isOlderThan(settings.images.elasticsearchTag ?? version.images.elasticsearch.tag, SECOND_AWS_SDK);
}
