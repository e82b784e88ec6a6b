import { App } from 'aws-cdk-lib';
import { quickRules } from '../bin/quick-rules';
import { context } from '../cdk.json';
import { CamundaDualRegion } from '../lib';
import { deployments } from './deployments';
import { report } from './report';

// As the app of this project does, which has one deployment. Apps with many have rules that run for long.
if (process.argv[3] === '1') quickRules();
const app = new App({ context, outdir: process.argv[2] });
deployments(Number(process.argv[3])).forEach(settings => new CamundaDualRegion(app, settings.name ?? 'Camunda', settings));
app.synth();
report(performance.now());
