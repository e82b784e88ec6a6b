import { gather } from './gather';

// Left out: random settings and all partition tables, which take two thirds of the time; a test that replaces a module; one whose
// files are not there any more when tests of others follow it.
gather(
  ['topology', 'config'],
  ['fuzz.test.ts', 'rules-robustness.test.ts', 'every-partition-table.test.ts', 'quorum-rule.test.ts', 'printed-problems.test.ts'],
);
