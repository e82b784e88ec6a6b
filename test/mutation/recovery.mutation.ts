import { gather } from './gather';

// What is about the program is in `program.mutation.ts`, and every fault takes minutes.
gather(['recovery'], ['program', 'full']);
