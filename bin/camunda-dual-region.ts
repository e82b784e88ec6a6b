#!/usr/bin/env node
import { ignoreClosedPipe } from './closed-pipe';
import { main } from './main';

ignoreClosedPipe();
// A request to a lost region may still be waiting for its end: nobody waits for the answer.
void main(process.argv.slice(2)).then(code => process.stdout.write('', () => process.exit(code)));
