import type { Problem } from '../../constructs/topology/rules/judging/problem';

/** What people look for here, parts of Camunda 8 and choices of nodes, and why it is not there. */
interface NotOffered {
  /** Keys that name it, in lower-case letters without anything between them. */
  readonly keys: readonly string[];
  /** Those of the keys that name nothing else where they are values, as in `engine: opensearch`. */
  readonly values: readonly string[];
  readonly what: string;
  readonly why: string;
  readonly instead: string;
}

/**
 * `@see` Camunda 8 docs, dual-region: limitations
 */
const NOT_OFFERED: readonly NotOffered[] = [
  {
    keys: ['opensearch'],
    values: ['opensearch'],
    what: 'OpenSearch',
    why: 'Camunda runs over two regions with Elasticsearch only up to 8.9, and its pages on 8.10 do not agree with each other',
    instead: "remove it: Elasticsearch runs in both regions, sized by 'elasticsearch'",
  },
  {
    keys: ['optimize'],
    values: [],
    what: 'Optimize',
    why: 'Camunda runs none with two regions up to 8.9, and from 8.10 on one in a single region, beside the cluster',
    instead: "remove it: 'orchestration.exporters' sends records to one beside the cluster; docs/beside.md says what else it needs",
  },
  {
    keys: ['identity', 'managementidentity', 'keycloak'],
    values: ['keycloak'],
    what: 'Management Identity with Keycloak',
    why: 'Camunda runs none with two regions up to 8.9, and from 8.10 on one in a single region, beside the cluster',
    instead:
      "remove it: from 8.8 on, Admin in the brokers manages users, 'users' groups and roles, and 'users.oidc' is a login by Keycloak or any other provider",
  },
  {
    keys: ['webmodeler', 'modeler', 'console', 'hub'],
    values: [],
    what: 'Web Modeler, Console or Hub',
    why: 'they are no part of the cluster, and run beside it in one region, or outside of both regions',
    instead: 'remove it: install them elsewhere, and have them deploy to the gateway; docs/beside.md says how',
  },
  {
    keys: ['rdbms', 'postgresql', 'postgres', 'aurora'],
    values: ['rdbms', 'postgresql', 'postgres', 'aurora'],
    what: 'A relational database as secondary storage',
    why: 'Camunda runs over two regions with Elasticsearch only, and with a relational database over three, from 8.10 on',
    instead: "remove it: Elasticsearch runs in both regions, sized by 'elasticsearch'",
  },
  {
    keys: ['taints'],
    values: [],
    what: 'A taint of all nodes',
    why: 'add-ons and controllers run there too, and would find no node',
    instead: "remove it: give your workloads nodes of their own in 'nodes.groups', which have taints",
  },
  {
    keys: ['amiid', 'imageid', 'ami'],
    values: [],
    what: 'An image of nodes of your own',
    why: 'EKS neither updates such nodes with the cluster nor tells them how to join it',
    instead: "remove it: choose 'nodes.amiFamily' and 'kubernetes.nodeRelease'; docs/decisions/0027-nodes.md says more",
  },
  {
    keys: ['proxy', 'httpproxy', 'httpsproxy', 'noproxy'],
    values: [],
    what: 'An HTTP proxy',
    why: 'nodes, controllers, Elasticsearch and the deployment function would each have to be told of it',
    instead: 'remove it: use NAT, or interface endpoints and a mirror of the images, as docs/existing.md says',
  },
  {
    keys: ['karpenter', 'automode', 'clusterautoscaler'],
    values: ['karpenter'],
    what: 'An autoscaler of nodes',
    why: 'volumes keep brokers in their zone, and a node that is consolidated away moves a broker; docs/decisions/0027-nodes.md says more',
    instead: "remove it: 'nodes.perZone' is the number of nodes, 'nodes.groups' has nodes for workloads of yours",
  },
];

/** What to say of a key that no configuration has, if it or anything below it names a part of Camunda that is not offered. */
export function notOffered(key: string, value: unknown): Pick<Problem, 'requirement' | 'fix'> | undefined {
  const found = NOT_OFFERED.find(({ keys, values }) => keys.includes(lettersOf(key)) || textsIn(value).some(text => values.includes(text)));
  return found && { requirement: `must not be there: ${found.what} is not offered, because ${found.why}`, fix: found.instead };
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [lettersOf(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [lettersOf(name), ...textsIn(member)]);
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, '');
}
