import { PORTS } from '../../topology/plan/flows/flows';
import { FIXED_NAMES } from '../../topology/plan/names';
import { planOf } from '../../topology/plan-of';
import type { Topology } from '../../topology/topology';
import { below, type PlainSettings, type Settings } from './config-tree';
import { placeholder, VARIABLES } from './orchestration-environment';

/**
 * Elasticsearch of the own region.
 *
 * @internal
 */
export function ownElasticsearch(topology: Topology): string {
  return planOf(topology).url(FIXED_NAMES.elasticsearchHttp, PORTS.elasticsearch);
}

/**
 * Where pods of 8.7 find the own region's Elasticsearch.
 *
 * @internal
 */
export function databaseSettings(topology: Topology): Settings {
  return below('camunda.database', { type: 'elasticsearch', ...connection(topology) });
}

/**
 * How to reach the own region's Elasticsearch.
 *
 * @internal
 */
export function connection(topology: Topology): PlainSettings {
  return { ...address(topology), password: placeholder(VARIABLES.elasticsearchPassword) };
}

/**
 * The same without the password.
 *
 * @internal
 */
export function address(topology: Topology): PlainSettings {
  return { clusterName: FIXED_NAMES.elasticsearch, url: ownElasticsearch(topology), username: FIXED_NAMES.elasticsearchUser };
}
