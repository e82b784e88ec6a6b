import { BASE, problemsIn, unmarked } from '../support/settings/configuration-files';

/** Parts of Camunda that are not there, as people write them, with a mark where the problem is expected. */
test.each([
  ['elasticsearch: { »engine: opensearch }', 'elasticsearch.engine', 'OpenSearch', 'with Elasticsearch only'],
  ['»opensearch: { enabled: true }', 'opensearch', 'OpenSearch', 'with Elasticsearch only'],
  ['elasticsearch: { »open-search: { url: https://example.com } }', 'elasticsearch.open-search', 'OpenSearch', 'with Elasticsearch only'],
  ['»database: { type: OpenSearch }', 'database', 'OpenSearch', 'with Elasticsearch only'],
  ['»secondaryStorage: { kinds: [{ postgresql: {} }] }', 'secondaryStorage', 'relational database', 'over two regions'],
  ['»optimize: { enabled: true }', 'optimize', 'Optimize', 'runs none with two regions up to 8.9, and from 8.10 on one in a single region'],
  [
    'camunda: { version: "8.9", »Optimize: true }',
    'camunda.Optimize',
    'Optimize',
    'runs none with two regions up to 8.9, and from 8.10 on one in a single region',
  ],
  ['»identity:', 'identity', 'Management Identity', 'runs none with two regions up to 8.9, and from 8.10 on one in a single region'],
  ['»keycloak: { replicas: 1 }', 'keycloak', 'Keycloak', 'runs none with two regions up to 8.9, and from 8.10 on one in a single region'],
  ['»login: keycloak', 'login', 'Keycloak', 'runs none with two regions up to 8.9, and from 8.10 on one in a single region'],
  ['»webModeler: { enabled: true }', 'webModeler', 'Web Modeler', 'outside of both regions'],
  ['nodes: { »taints: [] }', 'nodes.taints', 'taint of all nodes', 'would find no node'],
  ['nodes: { »amiId: ami-0123456789abcdef0 }', 'nodes.amiId', 'image of nodes', 'tells them how to join'],
  ['nodes: { »httpProxy: http://proxy.example.com }', 'nodes.httpProxy', 'HTTP proxy', 'would each have to be told'],
  ['nodes: { »karpenter: { enabled: true } }', 'nodes.karpenter', 'autoscaler', 'moves a broker'],
  ['»console: {}', 'console', 'Console', 'outside of both regions'],
])('fails for %s, and says why', (added, setting, what, why) => {
  const base = added.startsWith('camunda:') ? BASE.replace(/^camunda: .*\n/m, '') : BASE;
  const { text, line, column } = unmarked(`${base}${added}\n`);
  expect(problemsIn(text)).toEqual([
    expect.objectContaining({
      rule: 'not-offered',
      setting,
      requirement: expect.stringMatching(new RegExp(`^must not be there: .*${what}.* is not offered, because .*${why}`)) as string,
      fix: expect.stringMatching(/^remove it: .{10,}/) as string,
      line,
      column,
    }),
  ]);
});

test.each(['logFormat: console', 'mode: identity', 'owner: hub'])('%s is only a key that nobody knows', added => {
  expect(problemsIn(`${BASE}${added}\n`).map(({ rule }) => rule)).toEqual(['unknown-key']);
});

test('a name that is one of these is a name', () => {
  expect(problemsIn(BASE.replace('name: camunda', 'name: optimize').replace('camunda-london', 'opensearch'))).toEqual([]);
});
