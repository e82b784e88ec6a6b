import type { ReviewDocument } from '../../lib/review/document/review-document';

const ROUTES = Array.from({ length: 40 }, (_, i) => [
  `Region${i % 2}/RegionVpc/PrivateSubnet${(i % 3) + 1}/DefaultRoute${i}`,
  `10.${i % 2 === 0 ? 202 : 192}.0.0/16`,
  'pcx, from the Peering stack',
]);

/** A review as it may look: every tone, a long and a wide table, a table without rows, explanations, notes, a section without tables. */
export const REVIEW_SAMPLE: ReviewDocument = {
  schemaVersion: 1,
  title: 'Review of camunda: eu-west-2 and eu-west-3',
  source: 'config/default.yaml',
  sections: [
    {
      id: 'changes',
      title: 'What changes',
      summary: 'Two resources are replaced, one of which holds data. Read the rows in red before you merge.',
      tone: 'danger',
      tables: [
        {
          title: 'Region 0',
          columns: ['Resource', 'Consequence', 'Change'],
          explanations: ['Consequence'],
          rows: [
            ['Region0/Cluster/Nodes1', { text: 'pods move, one zone at a time', tone: 'warning' }, 'replaced'],
            ['Snapshots/Bucket', { text: 'the bucket is emptied: snapshots of thirty days are lost', tone: 'danger' }, 'replaced'],
            ['Region0/Cluster/Addon', { text: 'nothing stops', tone: 'good' }, 'updated in place'],
          ],
          notes: ['Compared with the templates of the base branch.'],
        },
        { title: 'Region 1', columns: ['Resource', 'Change', 'Consequence'], rows: [] },
      ],
    },
    {
      id: 'warnings',
      title: 'Warnings of the configuration',
      summary: 'One rule has something to say. Nothing of it stops a deployment.',
      tone: 'warning',
      tables: [
        {
          columns: ['Setting', 'Value', 'Rule', 'Fix'],
          rows: [
            [
              'camunda.clusterSize',
              '12',
              { text: 'zone-neighbours', tone: 'warning' },
              'choose 8 brokers with more memory each, or accept that a lost zone can stop some partitions of the cluster',
            ],
          ],
        },
      ],
    },
    {
      id: 'network',
      title: 'What can cross the regions',
      summary: 'Five ports, from the ranges of the other VPC. All of them are reachable, and nothing else is.',
      tone: 'good',
      tables: [
        {
          title: 'Ports',
          columns: ['Port', 'Protocol', 'From', 'To', 'Purpose', 'Reachable'],
          rows: [
            ['9200', 'TCP', 'brokers', 'Elasticsearch', 'exporters write to both regions', { text: 'both ways', tone: 'good' }],
            ['26502', 'UDP', 'brokers', 'brokers', 'membership gossip', { text: 'both ways', tone: 'good' }],
          ],
          notes: ['Evaluated over the synthesised templates: routes, security groups and network ACLs.'],
        },
        { title: 'Routes', columns: ['Route', 'Destination', 'Through'], rows: ROUTES },
      ],
    },
    {
      id: 'cost',
      title: 'What it costs',
      summary: 'About 2,980 US dollars a month, without traffic.',
      tone: 'plain',
      tables: [
        {
          columns: ['Item', 'Count', 'A month, in US dollars'],
          rows: [
            ['m6i.xlarge', '12', '1,950'],
            ['NAT gateways', '6', { text: '220', tone: 'plain' }],
          ],
          notes: ['Prices of eu-west-2, on demand.', 'Traffic between the regions depends on what your processes do.'],
        },
      ],
    },
    { id: 'recovery', title: 'If a region is lost', summary: 'Every partition keeps two replicas.', tone: 'good', tables: [] },
  ],
};

/** What an attacker would put where. */
export const HOSTILE = `</style></title></script><script>alert(1)</script><img src=x onerror=alert(1)>"'\`&amp;<!-- \u0000\u001b[31m`;

/** The same attack at every place of a document that takes a string. */
export const HOSTILE_REVIEW: ReviewDocument = {
  schemaVersion: 1,
  title: HOSTILE,
  source: HOSTILE,
  sections: [
    {
      id: `x" onmouseover="alert(1)`,
      title: HOSTILE,
      summary: HOSTILE,
      tone: 'danger',
      tables: [{ title: HOSTILE, columns: [HOSTILE], rows: [[HOSTILE], [{ text: HOSTILE, tone: 'danger' }]], notes: [HOSTILE] }],
    },
  ],
};
