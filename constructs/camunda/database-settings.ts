import { PORTS } from '../topology/flows';
import { FIXED_NAMES } from '../topology/names';
import { below, type PlainSettings, type Settings } from './config-tree';
import { placeholder, VARIABLES } from './orchestration-environment';

/** One more copy of each index survives the loss of one Elasticsearch node. */
export const INDEX_REPLICAS = 1;

/** Elasticsearch of the own region. */
export const OWN_ELASTICSEARCH = `http://${FIXED_NAMES.elasticsearchHttp}:${PORTS.elasticsearch}`;

/**
 * Where pods of 8.7 find the own region's Elasticsearch.
 *
 * @internal
 */
export function databaseSettings(): Settings {
  return below('camunda.database', { type: 'elasticsearch', ...connection() });
}

/**
 * How to reach the own region's Elasticsearch.
 *
 * @internal
 */
export function connection(): PlainSettings {
  return { ...address(), password: placeholder(VARIABLES.elasticsearchPassword) };
}

/**
 * The same without the password.
 *
 * @internal
 */
export function address(): PlainSettings {
  return { clusterName: FIXED_NAMES.elasticsearch, url: OWN_ELASTICSEARCH, username: FIXED_NAMES.elasticsearchUser };
}
