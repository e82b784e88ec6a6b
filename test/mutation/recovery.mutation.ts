import { gather } from './gather';

// What is in `recovery/program` is about the program: `program.mutation.ts` has it.
gather(['recovery', 'recovery/run', 'recovery/steps', 'recovery/view']);
