import { met, open } from '../../../lib/recovery/finding';
import type { Condition } from '../../../lib/recovery/run/step';
import type { MemoryLease } from '../stand-in/memory-store';
import { ACTION, Run, saying, step } from '../support/engine-run';

test.each(['done', 'watch', 'requires'])('renews the lease during a look that takes minutes: %s', async at => {
  const run = new Run();
  const lease = run.all.view.ports.lease as MemoryLease;
  const renewals: number[] = [];
  const slow: Condition = {
    description: 's',
    calls: [],
    check: async () => {
      for (let i = 0; i < 24; i += 1) {
        run.all.clock.pass(5_000);
        await new Promise(resolve => setImmediate(resolve));
        renewals.push(lease.shared.renewal);
      }
      return met('h');
    },
  };
  const conditions = { done: saying(open('o'), met('h')), requires: [], [at]: at === 'requires' ? [slow] : slow };
  expect(await run.end([step(conditions.done, { ...conditions, action: ACTION })])).toBeUndefined();
  // Every ten seconds.
  expect(renewals[23] - renewals[0]).toBeGreaterThanOrEqual(10);
});
