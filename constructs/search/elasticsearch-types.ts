import type { k8s } from 'cdk8s-plus-28';

/**
 * The fields of ECK's Elasticsearch resource that this library uses.
 *
 * @see Elastic Cloud on Kubernetes, API reference: elasticsearch.k8s.elastic.co/v1
 *
 * @internal
 */
export interface ElasticsearchSpec {
  readonly version: string;
  readonly image: string;
  readonly http: { readonly tls: HttpTls };
  readonly auth: {
    readonly fileRealm: { readonly secretName: string }[];
    readonly roles: { readonly secretName: string }[];
  };
  readonly volumeClaimDeletePolicy: 'DeleteOnScaledownOnly' | 'DeleteOnScaledownAndClusterDeletion';
  readonly updateStrategy: { readonly changeBudget: { readonly maxUnavailable: number } };
  readonly podDisruptionBudget: { readonly spec: ReturnType<typeof k8s.toJson_PodDisruptionBudgetSpec> };
  readonly nodeSets: NodeSet[];
}

/** @internal */
export interface HttpTls {
  /** A certificate of the user's own, which is read again whenever it changes. */
  readonly certificate?: { readonly secretName: string };
  readonly selfSignedCertificate?: { readonly disabled: boolean };
}

/** @internal */
export interface NodeSet {
  readonly name: string;
  readonly count: number;
  /** Settings of elasticsearch.yml. */
  readonly config: { readonly [setting: string]: string | boolean };
  readonly podTemplate: ReturnType<typeof k8s.toJson_PodTemplateSpec>;
  readonly volumeClaimTemplates: {
    readonly metadata: { readonly name: string };
    readonly spec: ReturnType<typeof k8s.toJson_PersistentVolumeClaimSpec>;
  }[];
}
