import { busy } from './busy';
import { exitOnMistake } from './exit-on-mistake';

busy('loading the CDK');
void import('./synthesise').then(({ synthesise }) => exitOnMistake(synthesise));
