import { mutationOf } from './common.mjs';

export default mutationOf('recovery', 'lib/recovery', {
  // All tests once, one after the other.
  dryRunTimeoutMinutes: 20,
});
