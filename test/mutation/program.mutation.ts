import { VirtualClock } from '../recovery/stand-in/virtual-clock';
import { gather } from './gather';

// No test waits half as often on its clock. Hours of a mutant that waits for ever take minutes, because each look is a real request.
VirtualClock.maxSleeps = 1_000;

// Left out: one that starts the program, and one that replaces a module of Node.js.
gather(['recovery/program'], ['process.test.ts', 'durable-file.test.ts']);
