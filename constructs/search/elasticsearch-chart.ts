import { ApiObject, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Party } from '../topology/plan/flows/flows';
import { FIXED_NAMES, podLabels } from '../topology/plan/names';
import { sizeQuantity } from '../topology/plan/quantities';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';
import { elasticsearchPod, ZONE_LABEL, ZONE_VARIABLE } from './elasticsearch-pod';
import { rolesFile } from './elasticsearch-role';
import { snapshotSettings, withSnapshotIdentity } from './elasticsearch-snapshots';
import type { ElasticsearchSpec, HttpTls, NodeSet } from './elasticsearch-types';

const MIB_PER_GIB = 1024;

/** Properties of an `ElasticsearchChart`. */
export interface ElasticsearchChartProps {
  /** Both regions. */
  readonly topology: Topology;

  /** The region that the chart is for, 0 or 1. */
  readonly regionId: number;
}

/**
 * Elasticsearch of one region, run by ECK: nodes spread over hosts and zones, shards over zones, and one user of ours whose
 * password is the same in both regions.
 *
 * @see Elastic Cloud on Kubernetes, Elasticsearch configuration
 */
export class ElasticsearchChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId }: ElasticsearchChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespace } = topology.regions[regionId];
    const labels = { 'app.kubernetes.io/part-of': 'camunda-platform' };

    new k8s.KubeServiceAccount(this, 'ServiceAccount', {
      metadata: { name: FIXED_NAMES.elasticsearch, namespace, labels },
      automountServiceAccountToken: false,
    });
    // Not a secret: a Secret is the form in which the operator takes roles.
    new k8s.KubeSecret(this, 'Roles', {
      metadata: { name: FIXED_NAMES.elasticsearchRolesSecret, namespace, labels },
      stringData: { 'roles.yml': rolesFile() },
    });
    new ApiObject(this, 'Elasticsearch', {
      apiVersion: 'elasticsearch.k8s.elastic.co/v1',
      kind: 'Elasticsearch',
      metadata: {
        name: FIXED_NAMES.elasticsearch,
        namespace,
        labels,
        annotations: { 'eck.k8s.elastic.co/downward-node-labels': ZONE_LABEL },
      },
      spec: elasticsearchSpec(topology, regionId),
    });
  }
}

function elasticsearchSpec(topology: Topology, regionId: number): ElasticsearchSpec {
  const plan = planOf(topology);
  const { elasticsearch, images } = plan.settings;
  const image = plan.version.images.elasticsearch;
  return {
    version: images.elasticsearchTag ?? image.tag,
    image: plan.image(image, regionId, images.elasticsearchTag),
    http: { tls: httpTls(topology) },
    auth: {
      fileRealm: [{ secretName: FIXED_NAMES.elasticsearchUserSecret }],
      roles: [{ secretName: FIXED_NAMES.elasticsearchRolesSecret }],
    },
    volumeClaimDeletePolicy: plan.settings.retainVolumes ? 'DeleteOnScaledownOnly' : 'DeleteOnScaledownAndClusterDeletion',
    updateStrategy: { changeBudget: { maxUnavailable: 1 } },
    podDisruptionBudget: {
      spec: k8s.toJson_PodDisruptionBudgetSpec({
        minAvailable: k8s.IntOrString.fromNumber(elasticsearch.nodesPerRegion - 1),
        selector: { matchLabels: podLabels(topology.name, Party.ELASTICSEARCH) },
      }),
    },
    nodeSets: [nodeSet(topology, regionId)],
  };
}

/** The operator's own certificates are signed by an authority of this cluster, which the other region does not know. */
function httpTls(topology: Topology): HttpTls {
  const { settings } = planOf(topology);
  return settings.tls.enabled
    ? { certificate: { secretName: FIXED_NAMES.elasticsearchCertificate } }
    : { selfSignedCertificate: { disabled: true } };
}

function nodeSet(topology: Topology, regionId: number): NodeSet {
  const { nodesPerRegion, volumeGiB } = planOf(topology).settings.elasticsearch;
  return {
    name: FIXED_NAMES.elasticsearchNodeSet,
    count: nodesPerRegion,
    config: {
      // Memory mapping needs a kernel setting of the node that only a privileged container could change.
      'node.store.allow_mmap': false,
      // Camunda's clients cause a deprecation warning with every request.
      'logger.org.elasticsearch.deprecation': 'OFF',
      'node.attr.zone': `\${${ZONE_VARIABLE}}`,
      // The first attribute is the operator's own default, which this setting would otherwise replace.
      'cluster.routing.allocation.awareness.attributes': 'k8s_node_name,zone',
      ...snapshotSettings(topology, regionId),
    },
    podTemplate: k8s.toJson_PodTemplateSpec(withSnapshotIdentity(elasticsearchPod(topology), topology, regionId)),
    volumeClaimTemplates: [
      {
        // The name by which the operator knows the volume of the data.
        metadata: { name: FIXED_NAMES.elasticsearchVolume },
        spec: k8s.toJson_PersistentVolumeClaimSpec({
          accessModes: ['ReadWriteOnce'],
          storageClassName: FIXED_NAMES.storageClass,
          resources: { requests: { storage: k8s.Quantity.fromString(sizeQuantity(volumeGiB * MIB_PER_GIB)) } },
        }),
      },
    ],
  };
}
