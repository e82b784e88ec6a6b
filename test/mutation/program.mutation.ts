import { gather } from './gather';

// Those that start programs, and those that replace modules of the project or of Node.js.
gather(
  ['recovery/program'],
  [
    'command-line.test.ts',
    'usage.test.ts',
    'interruption.test.ts',
    'kubeconfig.test.ts',
    'durable-file.test.ts',
    'kubernetes-logins.test.ts',
  ],
);
