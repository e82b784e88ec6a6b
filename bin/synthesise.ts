import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { CamundaDualRegion } from '../lib';
import { summaryOf } from '../lib/summary';
import { busy } from './busy';
import { readConfiguration } from './config/read-configuration';
import { SUMMARY_FILE } from './summary-file';

const DEFAULT_CONFIGURATION = 'config/default.yaml';

/** Synthesises the configuration that the context names, and says what it amounts to in a file. */
export function synthesise(): void {
  // A mistake must leave nothing behind, and the CDK would write an empty assembly at the end of the process.
  const app = new App({ autoSynth: false });
  const path = String(app.node.tryGetContext('config') ?? DEFAULT_CONFIGURATION);
  busy(`checking ${path}`);
  const { rendered } = readConfiguration(path);
  busy('rules checked, building both regions');
  const topology = rendered(settings => {
    const camunda = new CamundaDualRegion(app, 'Camunda', settings);
    busy("writing the templates, and trying CloudFormation's rules on them");
    app.synth();
    return camunda.topology;
  });
  writeFileSync(join(app.outdir, SUMMARY_FILE), `${summaryOf(topology, path)}\n`);
  busy();
}
