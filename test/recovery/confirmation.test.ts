import { confirm } from '../../bin/recover/confirmation';

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
    const asked = confirm('', [], 1, interruption.signal);
    interruption.abort();
    await expect(asked).rejects.toMatchObject({
      name: 'RecoveryStop',
      kind: 'interrupted',
      advice: expect.stringContaining('nothing was done'),
    });
  });

  test('an interruption from before the question counts as well', async () => {
    await expect(confirm('', [], 1, AbortSignal.abort())).rejects.toMatchObject({ kind: 'interrupted' });
  });
});
