import { mutationOf } from './common.mjs';

export default mutationOf('program', 'bin/recover');
