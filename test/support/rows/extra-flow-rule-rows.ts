import { Party } from '../../../constructs/topology/plan/flows/flows';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { withSettings } from '../settings/changed-settings';
import { ofVersion } from '../settings/versions';

type Row = readonly [rule: string, setting: string, value: unknown, settings: DualRegionSettings];

const MONITORING = { namespace: 'monitoring' };
const BROKERS = { party: Party.ORCHESTRATION };
const METRICS = { source: MONITORING, target: BROKERS, port: 9999, purpose: 'metrics' };
const FROM_RANGE = (cidr: unknown): Record<string, unknown> => ({ source: { cidr } });
const TO_RANGE = (cidr: unknown): Record<string, unknown> => ({ source: { party: Party.CONNECTORS }, target: { cidr } });

/** Settings with one extra flow. */
export function withFlow(changes: Record<string, unknown>, others: Record<string, unknown> = {}): DualRegionSettings {
  return withSettings({ ...others, extraFlows: [{ ...METRICS, ...changes }] });
}

function row(place: string, value: unknown, changes: Record<string, unknown>): Row {
  return ['extra-flow', `extraFlows[0]${place}`, value, withFlow(changes)];
}

/** Rules about extra flows, broken. */
export const EXTRA_FLOW_ERRORS: Row[] = [
  ['extra-flow', 'extraFlows', 'all', withSettings({ extraFlows: 'all' } as never)],
  ['extra-flow', 'extraFlows[0]', 'all', withSettings({ extraFlows: ['all'] } as never)],
  ...[0, 65_536, 9600.5, '9600', undefined].map(port => row('.port', port, { port })),
  row('.transport', 'tcp', { transport: 'tcp' }),
  row('.crossRegion', 'yes', { crossRegion: 'yes' }),
  row('.regionId', 2, { regionId: 2 }),
  ...['', 'a'.repeat(101), 'metrics; all', undefined].map(purpose => row('.purpose', purpose, { purpose })),
  ...[undefined, 'monitoring', {}, { ...MONITORING, cidr: '10.50.0.0/16' }].map(source => row('.source', source, { source })),
  row('.source.namespace', 'Monitoring', { source: { namespace: 'Monitoring' } }),
  row('.source.cidr', '10.50.0.1/16', FROM_RANGE('10.50.0.1/16')),
  ...['gateway', Party.NAMESPACE, Party.CLUSTER_DNS, 'zeebe'].map(party => row('.target.party', party, { target: { party } })),
  ['extra-flow', 'extraFlows[0].target.party', 'importer', withFlow({ target: { party: 'importer' } }, ofVersion('8.7'))],
  ['extra-flow', 'extraFlows[0]', { ...METRICS, source: BROKERS }, withFlow({ source: BROKERS })],
  ['extra-flow', 'extraFlows[0]', { ...METRICS, target: MONITORING }, withFlow({ target: MONITORING })],
  row('.crossRegion', true, { crossRegion: true, regionId: 0 }),
  row('.crossRegion', true, { crossRegion: true, source: { cidr: '10.50.0.0/16' } }),
  row('.crossRegion', true, { crossRegion: true, source: BROKERS, target: MONITORING }),
  row('.port', 9600, { port: 9600, crossRegion: true }),
  row('.port', 9600, { port: 9600, ...FROM_RANGE('10.50.0.0/16') }),
  row('.source.cidr', '10.202.3.0/24', { ...FROM_RANGE('10.202.3.0/24') }),
  row('.source.cidr', '10.202.3.0/24', { ...FROM_RANGE('10.202.3.0/24'), regionId: 0 }),
  row('.source.cidr', '10.190.0.0/24', { ...FROM_RANGE('10.190.0.0/24'), regionId: 0 }),
  row('.target.cidr', '10.192.3.0/24', TO_RANGE('10.192.3.0/24')),
  row('.target.cidr', '10.200.0.0/24', { ...TO_RANGE('10.200.0.0/24'), regionId: 0 }),
];

/** What is allowed and looks as if it were not. */
export const EXTRA_FLOWS_ALLOWED: DualRegionSettings[] = [
  withFlow({}),
  withFlow({ port: 9600 }),
  withFlow({ port: 9600, ...TO_RANGE('10.50.0.0/16') }),
  withFlow({ transport: 'UDP', crossRegion: true }),
  withFlow({ target: { party: Party.GATEWAY }, port: 26500 }, ofVersion('8.7')),
  withFlow({ ...FROM_RANGE('10.192.0.0/16'), regionId: 0 }),
  withFlow({ ...FROM_RANGE('10.50.0.0/16') }),
  withFlow(TO_RANGE('0.0.0.0/0')),
  withFlow({ ...TO_RANGE('10.202.3.0/24'), regionId: 1 }),
];
