import type { TrafficSettings } from '../../../constructs/topology/settings/traffic/traffic';

/** The least that must be said. */
export const TRAFFIC: TrafficSettings = { hostedZoneId: 'Z0123456789ABCDEFGHIJ', hostName: 'camunda.example.com' };

/** Open to some ranges, and to the health checkers. */
export const RESTRICTED_TRAFFIC: TrafficSettings = {
  ...TRAFFIC,
  allowedCidrs: ['198.51.100.0/24', '203.0.113.0/24'],
  healthCheckerPrefixLists: ['pl-0123456789abcdef0', 'pl-0123456789abcdef1'],
};
