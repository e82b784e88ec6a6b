import { mutationOf } from './common.mjs';

// Static mutants are those of tables and constants, made once when a module is loaded: each takes all the tests, an hour in all.
export default mutationOf('topology', 'constructs/topology', { ignoreStatic: true });
