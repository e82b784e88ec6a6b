import { blocked, met, open, running, type Finding } from '../../../lib/recovery/finding';
import type { Condition } from '../../../lib/recovery/run/step';
import { checkUntil } from '../../../lib/recovery/run/wait';
import { answeringView } from '../support/answering-view';

/** Looks one after the other; the last one for ever. */
function conditionOf(...findings: readonly Finding[]): Condition & { looks: number } {
  const condition = {
    looks: 0,
    description: '',
    calls: [],
    check: () => Promise.resolve(findings[Math.min(condition.looks++, findings.length - 1)]),
  };
  return condition;
}

describe('waiting', () => {
  const { view } = answeringView({});
  const { clock } = view.ports;
  const wait = (condition: Condition, limitMs: number, onChange: (finding: Finding) => void = () => undefined): Promise<Finding> =>
    checkUntil(view, condition, limitMs, onChange, { requested: false });

  test('ends when the condition holds, and tells what is seen only where it is something else', async () => {
    const told: string[] = [];
    const condition = conditionOf(open('no'), open('no'), running('soon'), met('yes'));
    expect(await wait(condition, 60_000, ({ why }) => told.push(why))).toEqual(met('yes'));
    expect([told, condition.looks]).toEqual([['no', 'soon'], 4]);
  });

  test('ends when it needs a person', async () => {
    const condition = conditionOf(blocked('stuck', 'help'));
    expect(await wait(condition, 60_000)).toEqual(blocked('stuck', 'help'));
    expect(condition.looks).toBe(1);
  });

  test('ends with the time, and looks once more at its end', async () => {
    const condition = conditionOf(open('no'));
    const start = clock.now();
    expect(await wait(condition, 3_000)).toEqual(open('no'));
    expect(clock.now() - start).toBe(3_000);
  });

  test('looks once where there is no time', async () => {
    const condition = conditionOf(open('no'));
    expect(await wait(condition, 0)).toEqual(open('no'));
    expect(condition.looks).toBe(1);
  });

  test('can be interrupted, and says that nothing was changed', async () => {
    const condition = conditionOf(open('no'));
    const interrupted = checkUntil(view, condition, 60_000, () => undefined, { requested: true });
    await expect(interrupted).rejects.toMatchObject({ kind: 'interrupted', advice: expect.stringContaining('nothing was changed') });
    expect(condition.looks).toBe(0);
  });
});
