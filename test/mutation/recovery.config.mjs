import { mutationOf } from './common.mjs';

export default mutationOf('recovery', 'lib/recovery');
