import { gather } from './gather';

// Those that start programs, and those that replace modules of the project or of Node.js.
gather(['recovery/program'], ['process.test.ts', 'durable-file.test.ts', 'kubernetes-logins.test.ts']);
