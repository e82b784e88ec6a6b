import type { ImageReference } from './camunda-version';

/**
 * An image of Camunda.
 *
 * @internal
 */
export function camundaImage(name: string, tag: string): ImageReference {
  return { registry: 'docker.io', repository: `camunda/${name}`, tag };
}

/**
 * One patch for all versions of Camunda that support it, so that a migration of Camunda is none of Elasticsearch.
 *
 * @internal
 */
export const ELASTICSEARCH_IMAGE: ImageReference = {
  registry: 'docker.elastic.co',
  repository: 'elasticsearch/elasticsearch',
  tag: '8.19.25',
};
