import { mutationOf } from './common.mjs';

// Static mutants are those of constants, which each take all the tests.
export default mutationOf('program', 'bin/recover', { ignoreStatic: true });
