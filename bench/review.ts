import { readConfiguration } from '../bin/config/read-configuration';
import { renderedDeployment } from '../bin/review/rendered-deployment';
import { writeReview } from '../bin/review/write-review';
import { reviewOf } from '../lib/review/document/review-of';
import { report } from './report';

const source = 'config/default.yaml';
const today = new Date();
const { settings, warnings } = readConfiguration(source, today);
const { topology, ...rendered } = renderedDeployment(settings);
writeReview(process.argv[2], { ...reviewOf({ topology, rendered, source, today }), topology, problems: warnings });
report(performance.now());
