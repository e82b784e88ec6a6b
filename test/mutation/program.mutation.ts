import { gather } from './gather';

// Left out: one that starts the program, and one that replaces a module of Node.js.
gather(['recovery/program'], ['process.test.ts', 'durable-file.test.ts']);
