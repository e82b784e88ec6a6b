import { hostname, userInfo } from 'node:os';
import { Commands } from '../../../bin/recover/commands';
import { UnreachableError } from '../../../bin/recover/exit-code';
import { operatorName } from '../../../bin/recover/run-recovery';
import { readable, unfinished } from '../../../bin/recover/state/records';
import { freshProgress } from '../../../lib/recovery/plans/recovery-request';
import { UnreadableRecordError, type ProgressStore } from '../../../lib/recovery/ports';
import type { Progress } from '../../../lib/recovery/record/progress';
import { StandInServer } from '../stand-in/server';
import { foundBy } from '../support/found';
import { Scenario } from '../support/scenario';

/** Nothing is sent here. */
const scenario = new Scenario(new StandInServer(), 'http://127.0.0.1:9', { clusterSize: 4 });

function storeThat(read: ProgressStore['read']): ProgressStore {
  return { read, write: () => Promise.reject(new Error('nothing is written here')) };
}
const EMPTY = storeThat(() => Promise.resolve({}));
const failing = (error: Error): ProgressStore => storeThat(() => Promise.reject(error));
const holding = (progress: Progress): ProgressStore => storeThat(() => Promise.resolve({ progress, version: '1' }));
const SILENT = failing(new UnreachableError('the Kubernetes API gave no answer within 8 s'));

/** A deployment whose regions keep these records. */
function found(...stores: readonly ProgressStore[]): ReturnType<typeof foundBy> {
  return { ...foundBy(scenario), portsFor: regionId => ({ ...scenario.ports(), store: stores[regionId] }) };
}

const BEGUN = freshProgress({ direction: 'failover', regionId: 1 }, scenario.topology, 'ada', 7);
const BEGIN = "see 'recover status'; begin with 'recover failover' or 'recover failback'";

describe('the recovery to go on with', () => {
  test.each([
    ['the region that has it, while the other one is silent', [BEGUN], found(holding(BEGUN), SILENT)],
    ['the later one of two', [{ ...BEGUN, startedAt: 9 }], found(holding(BEGUN), holding({ ...BEGUN, startedAt: 9 }))],
    ['the one that is not finished', [BEGUN], found(holding({ ...BEGUN, startedAt: 9, finishedAt: 10 }), holding(BEGUN))],
  ])('is that of %s', async (_, [progress], deployment) => {
    expect(await unfinished(deployment)).toEqual({ progress, version: '1' });
  });

  test('may be kept where nobody answers, and that is told', async () => {
    await expect(unfinished(found(SILENT, EMPTY))).rejects.toMatchObject({
      kind: 'unreachable',
      message: 'there is no recovery to go on with where the record can be read (region 0: the Kubernetes API gave no answer within 8 s)',
      advice: `if there is one, give the same command again once that region answers. If there is none, ${BEGIN}`,
    });
    await expect(unfinished(found(SILENT, failing(new UnreachableError('gone\nfar away'))))).rejects.toMatchObject({
      message: expect.stringContaining('within 8 s; region 1: gone)'),
    });
  });

  test('is none where nothing is kept', async () => {
    await expect(unfinished(found(EMPTY, EMPTY))).rejects.toMatchObject({
      kind: 'refused',
      message: 'there is no recovery to go on with',
      advice: BEGIN,
    });
  });

  test('is none where a region of which nobody named a context is all that could have it', async () => {
    await expect(unfinished(found(failing(new Error('no context\nat all')), failing(new Error('none either'))))).rejects.toMatchObject({
      kind: 'refused',
      message: 'there is no recovery to go on with (region 0: no context; region 1: none either)',
    });
  });

  test('is not that of another deployment than the one that is there', async () => {
    const other = found(EMPTY, holding({ ...BEGUN, fingerprint: 'another' }));
    const resume = new Commands(other, {}, scenario.clock, new AbortController().signal).resume();
    await expect(resume).rejects.toMatchObject({
      kind: 'refused',
      message: 'the deployment is not the one with which this recovery was begun: version, node ids, partitions or exporters differ',
      advice:
        "deploy what was there when it began, and resume; or begin anew with --abandon, after you have seen with 'recover status' where it stands",
    });
  });
});

describe('who only looks at a record', () => {
  test('is told why nobody can read it', async () => {
    expect(await readable(SILENT)).toBe('cannot be read: the Kubernetes API gave no answer within 8 s');
    const damaged = new UnreadableRecordError('state.json', 'it is not a JSON object', '1');
    expect(await readable(failing(damaged))).toBe(`${damaged.message}. What to do: ${damaged.advice}`);
    expect(await readable(holding(BEGUN))).toEqual(BEGUN);
  });

  test('is told of a mistake of the program as such', async () => {
    const mistake = new TypeError('a mistake');
    await expect(readable(failing(mistake))).rejects.toBe(mistake);
  });
});

test('who has given no name is recorded by user, machine and process', () => {
  expect(operatorName({})).toBe(`${userInfo().username}@${hostname()} #${process.pid}`);
  expect(operatorName({ operator: 'ada' })).toBe(`ada #${process.pid}`);
});
