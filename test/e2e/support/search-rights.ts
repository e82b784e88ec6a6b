/** A request, with the status that it must get. The body may be made of the answer before. */
export interface Request {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly body?: object | string | ((answer: Readonly<Record<string, unknown>>) => object);
}

const request = (what: string, method: string, path: string, body?: Request['body']): Request => ({ what, method, path, body });
const lines = (...objects: readonly object[]): string => objects.map(object => `${JSON.stringify(object)}\n`).join('');

/** One index and alias of each program, as the versions name them. */
const INDICES = [
  { index: 'zeebe-record_job_8.7.37_2026-11-29', alias: 'zeebe-record-job' },
  { index: 'operate-list-view-8.3.0_', alias: 'operate-list-view-8.3.0_alias' },
  { index: 'tasklist-task-8.8.0_', alias: 'tasklist-task-8.8.0_alias' },
  { index: 'camunda-web-session-8.8.0_', alias: 'camunda-web-session-8.8.0_alias' },
] as const;

/** Index of somebody else, which exists. */
export const OTHER_INDEX = 'other-index';
/** Repository that exists. */
export const REPOSITORY = 'camunda_backup';
const SNAPSHOT = `/_snapshot/${REPOSITORY}/camunda_webapps_1_8.9_part_1_of_1`;
const SETTINGS = { number_of_shards: 1, number_of_replicas: 0 };

/** What Camunda's user has to be allowed, in an order that works. */
export const ALLOWED: readonly Request[] = [
  request('make a component template', 'PUT', '/_component_template/zeebe-record', { template: { settings: SETTINGS } }),
  request('make an index template', 'PUT', '/_index_template/operate-list-view-8.3.0_template', {
    ...{ index_patterns: ['operate-list-view-8.3.0_*'], composed_of: ['zeebe-record'] },
    template: { aliases: { 'operate-list-view-8.3.0_alias': {} }, mappings: { properties: { key: { type: 'long' } } } },
  }),
  request('read templates', 'GET', '/_index_template/*'),
  request('read component templates', 'GET', '/_component_template/zeebe-*'),
  request('make an old template', 'PUT', '/_template/tasklist-old', { index_patterns: ['tasklist-old-*'] }),
  ...INDICES.flatMap(({ index, alias }) => [
    request(`make ${index}`, 'PUT', `/${index}`, { settings: SETTINGS, aliases: { [alias]: {} } }),
    request(`find ${index}`, 'HEAD', `/${index}`),
    request(`add fields to ${index}`, 'PUT', `/${index}/_mapping`, { properties: { name: { type: 'keyword' } } }),
    request(`change settings of ${index}`, 'PUT', `/${alias}/_settings`, { index: { refresh_interval: '5s' } }),
    request(`add an alias to ${index}`, 'POST', '/_aliases', { actions: [{ add: { index, alias: `${alias}-2` } }] }),
  ]),
  request('archive into a dated index', 'PUT', '/operate-list-view-8.3.0_2026-11-28', { settings: SETTINGS }),
  request('read all mappings that it may', 'GET', '/*/_mapping'),
  request('read settings', 'GET', '/camunda-*/_settings'),
  request(
    'write',
    'POST',
    '/_bulk?refresh=true',
    lines(
      ...INDICES.flatMap(({ index }) => [{ index: { _index: index, _id: '1' } }, { name: 'a' }]),
      { update: { _index: INDICES[3].index, _id: '1' } },
      { doc: { name: 'b' }, doc_as_upsert: true },
    ),
  ),
  ...INDICES.map(({ alias }) => request(`search ${alias}`, 'POST', `/${alias}/_search`, { query: { match_all: {} } })),
  request('search by several names', 'GET', '/operate-*,tasklist-*/_search'),
  request('count', 'GET', '/camunda-*/_count'),
  request('refresh', 'POST', '/camunda-*/_refresh'),
  request('scroll', 'POST', '/camunda-*/_search?scroll=1m', { size: 1 }),
  request('end a scroll', 'DELETE', '/_search/scroll', answer => ({ scroll_id: answer._scroll_id })),
  request('hold a point in time', 'POST', '/camunda-*/_pit?keep_alive=1m'),
  request('end it', 'DELETE', '/_pit', answer => ({ id: answer.id })),
  request('read documents', 'POST', '/_mget', { docs: [{ _index: INDICES[3].index, _id: '1' }] }),
  request('search several times', 'POST', '/_msearch', lines({ index: 'camunda-*' }, { query: { match_all: {} } })),
  request('ask for fields', 'GET', '/camunda-*/_field_caps?fields=*'),
  ...['/_cluster/health', '/_cluster/health/camunda-*?timeout=1s', '/_nodes', '/_nodes/stats', '/_cluster/settings', '/_tasks'].map(path =>
    request('look at the cluster', 'GET', path),
  ),
  ...['/_cat/indices?format=json', '/_cluster/state/metadata', '/_cluster/stats', '/_cluster/pending_tasks', '/_license'].map(path =>
    request('look at the cluster', 'GET', path),
  ),
  request('find the repository', 'GET', `/_snapshot/${REPOSITORY}`),
  request('take a snapshot', 'PUT', `${SNAPSHOT}?wait_for_completion=true`, {
    ...{ indices: INDICES[1].index, include_global_state: false, feature_states: ['none'] },
  }),
  request('find a snapshot', 'GET', `/_snapshot/${REPOSITORY}/camunda_webapps_*`),
  request('list snapshots', 'GET', `/_snapshot/${REPOSITORY}/_all`),
  request('look at a snapshot', 'GET', `${SNAPSHOT}/_status`),
  request('delete a snapshot', 'DELETE', SNAPSHOT),
  ...INDICES.map(({ index }) => request(`delete ${index}`, 'DELETE', `/${index}`)),
  request('delete a template', 'DELETE', '/_index_template/operate-list-view-8.3.0_template'),
  request('delete a component template', 'DELETE', '/_component_template/zeebe-record'),
];

/** What it may do where indices of an older version are taken over. */
export const PIPELINES: readonly Request[] = [
  request('put a pipeline', 'PUT', '/_ingest/pipeline/operate', { processors: [] }),
  request('find a pipeline', 'GET', '/_ingest/pipeline/operate'),
];

/** What it must not be allowed. */
export const REFUSED: readonly Request[] = [
  request('search an index of somebody else', 'GET', `/${OTHER_INDEX}/_search`),
  request('write to it', 'PUT', `/${OTHER_INDEX}/_doc/1`, { a: 1 }),
  request('delete it', 'DELETE', `/${OTHER_INDEX}`),
  request('make an index of another name', 'PUT', '/mine', {}),
  request('make an alias of another name', 'PUT', '/camunda-z', { aliases: { mine: {} } }),
  request('restore a snapshot', 'POST', `${SNAPSHOT}/_restore`, {}),
  request('register a repository', 'PUT', '/_snapshot/mine', { type: 'fs', settings: { location: 'mine' } }),
  request('verify a repository', 'POST', `/_snapshot/${REPOSITORY}/_verify`),
  request('clean up a repository', 'POST', `/_snapshot/${REPOSITORY}/_cleanup`),
  request('remove a repository', 'DELETE', `/_snapshot/${REPOSITORY}`),
  request('make a stored script', 'PUT', '/_scripts/x', { script: { lang: 'painless', source: '1' } }),
  request('change cluster settings', 'PUT', '/_cluster/settings', { persistent: { 'cluster.max_shards_per_node': 2000 } }),
  request('move shards', 'POST', '/_cluster/reroute?dry_run=true', {}),
  request('exclude nodes from voting', 'POST', '/_cluster/voting_config_exclusions?node_names=x'),
  request('make a user', 'PUT', '/_security/user/x', { password: 'long-enough-1', roles: ['superuser'] }),
  request('make a role', 'PUT', '/_security/role/x', { cluster: ['all'] }),
  request('read users', 'GET', '/_security/user'),
  request('make an API key', 'POST', '/_security/api_key', { name: 'x' }),
  request('change its own password', 'POST', '/_security/user/_password', { password: 'long-enough-1' }),
  request('read the security index', 'GET', '/.security/_search'),
];

/** The same for actions whose module Maven does not serve: rights can be asked for by name. */
export const ACTIONS = {
  cluster: {
    allowed: ['put', 'get', 'delete', 'start']
      .map(name => `cluster:admin/ilm/${name}`)
      .concat('cluster:monitor/tasks/lists', 'cluster:monitor/task/get'),
    refused: [
      ...['cluster:admin/slm/put', 'cluster:admin/tasks/cancel', 'cluster:admin/script/put', 'cluster:admin/settings/update'],
      ...['cluster:admin/snapshot/restore', 'cluster:admin/repository/put', 'cluster:admin/repository/verify', 'manage_security', 'manage'],
    ],
  },
  index: [
    ...[
      'indices:data/write/reindex',
      'indices:data/write/delete/byquery',
      'indices:data/write/update/byquery',
      'indices:admin/ilm/explain',
    ],
    ...['indices:admin/ilm/remove_policy', 'indices:admin/ilm/retry', 'indices:admin/data_stream/create', 'indices:admin/rollover'],
    ...['indices:admin/close', 'indices:admin/forcemerge', 'indices:admin/resize', 'view_index_metadata'],
  ],
} as const;
