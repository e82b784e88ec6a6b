import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { CamundaDualRegion } from '../../../lib/camunda-dual-region';
import { testApp } from '../../support/app';
import { DEFAULT_SETTINGS } from '../../support/settings/settings';
import { WHEN_ALL_WERE_SUPPORTED } from '../../support/settings/versions';

const [LONDON, PARIS] = DEFAULT_SETTINGS.regions;
const CROSSED = { ...DEFAULT_SETTINGS, regions: [PARIS, LONDON] };

function deployment(scope: Construct, id: string, settings: DualRegionSettings): CamundaDualRegion {
  return new CamundaDualRegion(scope, id, { ...settings, today: WHEN_ALL_WERE_SUPPORTED });
}

test.each([
  ['the same regions', DEFAULT_SETTINGS, 'eu-west-2'],
  ['crossed regions', CROSSED, 'eu-west-2'],
  ['one region shared', { ...DEFAULT_SETTINGS, regions: [{ ...LONDON, awsRegion: 'eu-central-1' }, PARIS] }, 'eu-west-3'],
])('two deployments of one name and %s are an error', (_, second, shared) => {
  const app = testApp();
  deployment(app, 'First', DEFAULT_SETTINGS);
  expect(() => deployment(app, 'Second', second)).toThrow(
    `'name' must differ from that of 'First', which is in ${shared} too: stacks, secrets and buckets have it in their names, got 'camunda'; give one of them another 'name' [deployment-name]`,
  );
});

test('two names, or no AWS region in common, are none', () => {
  const app = testApp();
  deployment(app, 'First', DEFAULT_SETTINGS);
  expect(() => deployment(app, 'Second', { ...CROSSED, name: 'other' })).not.toThrow();
  const elsewhere = [
    { ...LONDON, awsRegion: 'eu-central-1' },
    { ...PARIS, awsRegion: 'eu-north-1' },
  ];
  expect(() => deployment(app, 'Third', { ...DEFAULT_SETTINGS, regions: elsewhere })).not.toThrow();
});

test('stages of two accounts may have the same name, and two stages of one account may not', () => {
  const app = testApp();
  const stage = (id: string, account: string): Stage => new Stage(app, id, { env: { account } });
  deployment(stage('Test', '111111111111'), 'Camunda', DEFAULT_SETTINGS);
  expect(() => deployment(stage('Production', '123456789012'), 'Camunda', DEFAULT_SETTINGS)).not.toThrow();
  expect(() => deployment(stage('More', '111111111111'), 'Camunda', DEFAULT_SETTINGS)).toThrow("from that of 'Test/Camunda'");
});
