import type { SupportEnd } from './dated-fact';

type SupportEnds = Readonly<Record<string, SupportEnd>>;

/** The same fact for several minor versions. */
function from(source: string, seen: string, ends: Readonly<Record<string, string>>): SupportEnds {
  return Object.fromEntries(Object.entries(ends).map(([minor, value]) => [minor, { value, source, seen }]));
}

/**
 * By minor version of Elasticsearch. Elastic maintains the last minor of the older major version, and the two newest of the newer one.
 *
 * @internal
 */
export const ELASTICSEARCH_ENDS: SupportEnds = from('Elastic product end of life dates, by endoflife.date of 2026-08-22', '2026-11-30', {
  // Older ones have no row there: each ended with the second minor version after it, these with 8.17 at the latest.
  '8.13': '2024-12-12',
  '8.14': '2024-12-12',
  '8.15': '2024-12-12',
  '8.16': '2025-04-15',
  '8.17': '2025-08-12',
  '8.18': '2025-10-21',
  '8.19': '2027-07-15',
  '9.2': '2026-05-05',
  '9.3': '2026-08-04',
  '9.4': 'the release of 9.6',
  '9.5': 'the release of 9.7',
});

/**
 * By operating system of the nodes.
 *
 * @internal
 */
export const NODE_IMAGE_ENDS: SupportEnds = {
  ...from(
    'Amazon Linux 2023 user guide: maintenance, after standard support until 2027-06-30; by endoflife.date of 2026-08-22',
    '2026-11-30',
    {
      AL2023: '2029-06-30',
    },
  ),
  ...from('Bottlerocket names no end', '2026-11-30', { Bottlerocket: 'a day that nobody names' }),
};

/**
 * By setting of `controllers`, and minor version.
 *
 * @internal
 */
export const CONTROLLER_ENDS = {
  loadBalancerController: from('Releases of the AWS Load Balancer Controller name no end', '2026-11-30', {
    '3.5': 'a day that nobody names',
  }),
  elasticOperator: from('Release notes of Elastic Cloud on Kubernetes name no end', '2026-11-30', { '3.5': 'a day that nobody names' }),
  externalSecrets: {
    ...from('External Secrets, stability and support, of 2026-08-08', '2026-11-30', {
      '1.0': '2025-11-21',
      '1.1': '2025-12-19',
      '1.2': '2026-01-23',
      '1.3': '2026-02-06',
      '2.0': '2026-03-06',
      '2.1': '2026-03-20',
      '2.2': '2026-04-10',
      '2.3': '2026-04-24',
      '2.4': '2026-05-15',
      '2.5': '2026-06-05',
      '2.6': '2026-06-26',
      '2.7': '2026-07-18',
      '2.8': '2026-08-07',
    }),
    '2.9': {
      // It ended with 2.10, whose day was not found. This is that of the chart of 2.11.
      value: '2026-09-21',
      source: 'External Secrets, stability and support: the newest minor version alone; files of its releases',
      seen: '2026-11-30',
      accepted: {
        until: '2027-03-30',
        why: 'a minor version is maintained for three weeks, and definitions and chart of none after 2.9 could be compared with what is written here',
      },
    },
    ...from('Releases of External Secrets: the newest that was found', '2026-11-30', { '2.14': 'the release of 2.15' }),
  },
  certManager: from('cert-manager, supported releases, and endoflife.date of 2026-08-22', '2026-11-30', {
    '1.18': '2026-03-10',
    '1.19': '2026-07-08',
    '1.20': 'the release of 1.22',
    '1.21': 'the release of 1.23',
  }),
} as const satisfies Readonly<Record<string, SupportEnds>>;

/**
 * The end of the minor version that a version or tag belongs to. Undefined where it is not known.
 *
 * @internal
 */
export function supportEndOf(ends: SupportEnds, version: string): SupportEnd | undefined {
  const [, minor] = /^v?(\d+\.\d+)\./.exec(version) ?? [];
  return minor !== undefined && Object.hasOwn(ends, minor) ? ends[minor] : undefined;
}
