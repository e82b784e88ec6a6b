import { confirm } from '../../bin/recover/confirmation';
import { TOPOLOGY } from './support/answering-world';

const ORDER = { direction: 'failover', regionId: 1 } as const;
describe('a question', () => {
  const terminal = process.stdin.isTTY;
  let written: jest.SpyInstance;
  beforeEach(() => {
    process.stdin.isTTY = true;
    written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    process.stdin.isTTY = terminal;
    written.mockRestore();
  });

  test('whoever interrupts instead of confirming is told that nothing was done', async () => {
    const interruption = new AbortController();
    const asked = confirm(TOPOLOGY, ORDER, [], interruption.signal);
    interruption.abort();
    await expect(asked).rejects.toMatchObject({
      name: 'RecoveryStop',
      kind: 'interrupted',
      advice: expect.stringContaining('nothing was done'),
    });
  });

  test('an interruption from before the question counts as well', async () => {
    await expect(confirm(TOPOLOGY, ORDER, [], AbortSignal.abort())).rejects.toMatchObject({ kind: 'interrupted' });
  });
});
