import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import type { TrafficSettings } from '../../constructs/topology/settings/traffic/traffic';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import { testApp } from '../support/app';
import { synthesise } from '../support/deployment';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { RESTRICTED_TRAFFIC, TRAFFIC } from '../support/settings/traffic';

const IDS = ['Traffic0', 'Traffic1', 'Records', 'PeerRecords'];

const VARIANTS: readonly (readonly [what: string, traffic: TrafficSettings, settings: Partial<DualRegionSettings>])[] = [
  ['a public application load balancer', TRAFFIC, {}],
  ['one that some ranges may use', RESTRICTED_TRAFFIC, { tls: { enabled: false } }],
  ['an internal one, weighted', { ...TRAFFIC, scheme: 'internal', policy: 'weighted' }, {}],
  ['one before 8.7', TRAFFIC, { camunda: { version: '8.7' } }],
  ['a public network load balancer', { ...TRAFFIC, loadBalancer: 'network' }, {}],
  ['an internal network load balancer', { ...TRAFFIC, loadBalancer: 'network', scheme: 'internal' }, {}],
];

test.each(VARIANTS)("%s follows CloudFormation's rules, and those of cdk-nag", (_, traffic, settings) => {
  const app = testApp({ validation: true });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  // Throws for every finding that nobody acknowledged.
  const { stacks } = synthesise(app, new CamundaDualRegion(app, 'Camunda', { ...DEFAULT_SETTINGS, ...settings, traffic }));
  expect(Object.keys(stacks)).toEqual(expect.arrayContaining(IDS));
});
