import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { CamundaDualRegion } from '../lib';
import { summaryOf } from '../lib/summary';
import { readConfiguration } from './config/read-configuration';
import { exitOnMistake } from './exit-on-mistake';
import { SUMMARY_FILE } from './summary-file';

const DEFAULT_CONFIGURATION = 'config/default.yaml';

exitOnMistake(() => {
  // A mistake must leave nothing behind, and the CDK would write an empty assembly at the end of the process.
  const app = new App({ autoSynth: false });
  const path = String(app.node.tryGetContext('config') ?? DEFAULT_CONFIGURATION);
  const { settings } = readConfiguration(path);
  const { topology } = new CamundaDualRegion(app, 'Camunda', settings);
  app.synth();
  writeFileSync(join(app.outdir, SUMMARY_FILE), `${summaryOf(topology, path)}\n`);
});
