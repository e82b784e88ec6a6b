/**
 * A class of exporters, and how it is told where to write.
 *
 * @internal
 */
export interface ExporterKind {
  readonly className: string;
  /** Exporter ids are this prefix and the region id. */
  readonly idPrefix: string;
  /** Paths of its arguments. */
  readonly arguments: {
    readonly url: string;
    readonly username: string;
    readonly password: string;
    readonly indexReplicas: string;
  };
  /** Arguments with which it archives nothing, for as long as a region is being recreated. */
  readonly withoutArchiving: { readonly [path: string]: string };
}

/**
 * Writes records as they are, for Operate and Tasklist to import.
 *
 * @internal
 */
export const ELASTICSEARCH_EXPORTER: ExporterKind = {
  className: 'io.camunda.zeebe.exporter.ElasticsearchExporter',
  idPrefix: 'elasticsearchregion',
  arguments: {
    url: 'url',
    username: 'authentication.username',
    password: 'authentication.password',
    indexReplicas: 'index.numberOfReplicas',
  },
  // It has no archiver: Operate and Tasklist archive.
  withoutArchiving: {},
};

/**
 * Writes what Operate and Tasklist show, without an import.
 *
 * @internal
 */
export const CAMUNDA_EXPORTER: ExporterKind = {
  className: 'io.camunda.exporter.CamundaExporter',
  idPrefix: 'camundaregion',
  arguments: {
    url: 'connect.url',
    username: 'connect.username',
    password: 'connect.password',
    indexReplicas: 'index.numberOfReplicas',
  }, // A pause of exporting does not stop its archiver. Elasticsearch takes this from the time of each search, so that nothing is old enough.
  withoutArchiving: { 'history.waitPeriodBeforeArchiving': '100y' },
};
