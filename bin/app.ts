import { busy } from './busy';
import { exitOnMistake } from './exit-on-mistake';
import { quickRules } from './quick-rules';

quickRules();
busy('loading the CDK');
void import('./synthesise').then(({ synthesise }) => exitOnMistake(synthesise));
