import { blocked, met, open, running, unknown, type Finding } from '../../../lib/recovery/finding';
import type { PodFacts, RegionFacts } from '../../../lib/recovery/ports';
import type { Condition } from '../../../lib/recovery/run/step';
import { judgeLoss } from '../../../lib/recovery/steps/loss-conditions';
import { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { evidenceText } from '../../../lib/recovery/view/evidence';
import { sidesOf } from '../../../lib/recovery/view/members';
import { evidenceOf } from '../../../lib/recovery/view/region-evidence';
import {
  type AnsweringOptions,
  answeringView,
  ANYTHING,
  CONFIGURATION,
  configurationOf,
  failure,
  pending,
  SEARCH_1,
  SEEN,
  seenOf,
  TOPOLOGY,
} from '../support/answering-view';

const LOST_0 = sidesOf(TOPOLOGY, 0);
const LOST_1 = sidesOf(TOPOLOGY, 1);
const pods = (...running_: boolean[]): PodFacts[] => running_.map((is, i) => ({ name: `pod-${i}`, running: is, ready: is }));

/** Looks as often as a run does while it is to be certain that brokers stay unseen. */
async function judged(condition: Condition, view: ClusterView): Promise<Finding> {
  for (;;) {
    const finding = await condition.check(view, []);
    if (!finding.why.includes('it is looked at for')) return finding;
  }
}

describe('1, 6 and 7: whether a region is lost', () => {
  const check = (options: AnsweringOptions, fenced = false, sides = LOST_1): Promise<Finding> =>
    judged(judgeLoss(TOPOLOGY, sides, fenced).done, answeringView(options).view);
  const silence = { [SEARCH_1]: failure('NoAnswerError') };
  const answers = { ...silence, [SEEN]: seenOf([0, 2]), [CONFIGURATION]: configurationOf([0, 1, 2, 3]) };
  const regions = (facts: RegionFacts | undefined): (RegionFacts | undefined)[] => [{}, facts];

  test.each([
    [undefined, 'the Kubernetes API of region 1 does not answer; Elasticsearch of region 1 does not answer'],
    [{ brokerPods: [] }, 'no broker runs in region 1'],
    [{ brokerPods: pods(false, false) }, 'no broker runs in region 1'],
  ])('it is, where Kubernetes says %j', async (facts, text) => {
    const finding = await check({ answers, regions: regions(facts) });
    expect(finding).toEqual(
      met(
        `gateways see 0, 2; brokers 1, 3 are members, alive or not; ${text}; 2 of 2 brokers of the surviving region are seen; no other change is pending`,
      ),
    );
  });

  test('it is not while its pods run, unless it is confirmed to be cut off', async () => {
    const running_ = regions({ brokerPods: pods(false, true) });
    expect(await check({ answers, regions: running_ })).toEqual(blocked('brokers of region 1 are running: pod-1', ANYTHING));
    expect(await check({ answers, regions: running_ }, true)).toMatchObject({
      state: 'met',
      warnings: ['brokers of region 1 are running: pod-1; confirmed to be cut off by --fenced'],
    });
  });

  test.each([{}, 401])('it is not while its Elasticsearch answers (%j) and no API server says that its brokers are gone', async answer => {
    const lives = { ...answers, [SEARCH_1]: answer };
    expect(await check({ answers: lives })).toEqual(blocked('Elasticsearch of region 1 answers', ANYTHING));
    expect((await check({ answers: { ...lives, [SEARCH_1]: {} }, regions: regions({ brokerPods: [] }) })).state).toBe('met');
    expect((await check({ answers: { ...lives, [SEARCH_1]: {} } }, true)).state).toBe('met');
  });

  test('the silence of its Kubernetes API alone is no loss, where Elasticsearch has no address', async () => {
    const { view } = answeringView({ answers });
    const unseen = new ClusterView(TOPOLOGY, { ...view.ports, hasElasticsearch: () => false });
    expect((await judged(judgeLoss(TOPOLOGY, LOST_1, false).done, unseen)).why).toMatch(
      /^nothing shows that region 1 is gone: .*no address/,
    );
  });

  test('nor is the silence of both, where one is reached through the other', async () => {
    const { view, requests } = answeringView({ answers });
    const through = new ClusterView(TOPOLOGY, { ...view.ports, searchThroughKubernetes: true });
    const finding = await judged(judgeLoss(TOPOLOGY, LOST_1, false).done, through);
    expect([finding.state, finding.why]).toEqual([
      'blocked',
      expect.stringMatching(
        /^nothing shows that region 1 is gone: .*the Kubernetes API of region 1 does not answer; .*through that API alone/,
      ),
    ]);
    expect(finding.advice).toMatch(/AWS console: the Health Dashboard.*recover fence --region region1.*--fenced/);
    // What would only wait for the same silence is not asked.
    expect(requests).not.toContain(SEARCH_1);
    expect(await judged(judgeLoss(TOPOLOGY, LOST_1, true).done, through)).toMatchObject({
      state: 'met',
      warnings: [expect.stringContaining('confirmed to be cut off by --fenced')],
    });
  });

  test('where the API answers, Elasticsearch behind it is asked as ever', async () => {
    const { view, requests } = answeringView({ answers: { ...answers, [SEARCH_1]: {} }, regions: regions({ brokerPods: [] }) });
    const through = new ClusterView(TOPOLOGY, { ...view.ports, searchThroughKubernetes: true });
    const evidence = await evidenceOf(through, LOST_1, through.seenTopology(), true);
    expect(evidence.at(-1)).toMatchObject({ source: 'Elasticsearch', sign: 'alive' });
    expect(requests).toContain(SEARCH_1);
  });

  test('a source that is silent now is told with the time at which it answered last', async () => {
    const { view, clock } = answeringView({ answers: { ...answers, [SEARCH_1]: {} } });
    const facts: (RegionFacts | undefined)[] = [{ brokerPods: pods(true) }, undefined];
    const changing = new ClusterView(TOPOLOGY, { ...view.ports, kubernetes: { region: () => Promise.resolve(facts[0]) } });
    const lines = async (): Promise<string[]> => (await evidenceOf(changing, LOST_1, changing.seenTopology(), true)).map(evidenceText);
    const first = new Date(clock.now()).toISOString();
    expect((await lines()).every(line => line.endsWith(`(answered at last ${first})`))).toBe(true);
    clock.pass(60_000);
    facts.shift();
    const [gateways, , api] = await lines();
    expect(gateways).not.toContain(first);
    expect(api).toBe(`Kubernetes API unknown  the Kubernetes API of region 1 does not answer (answered at last ${first})`);
    const { view: silent } = answeringView({ answers });
    expect((await evidenceOf(silent, LOST_1)).map(evidenceText).at(-1)).toMatch(/ does not answer \(has not answered\)$/);
  });

  test.each([{}, { refused: 'it answers 403' }])('what nobody can see is not gone, where Kubernetes says %j', async facts => {
    const unseen = regions(facts);
    const finding = await check({ answers, regions: unseen });
    expect([finding.state, finding.why, finding.advice]).toEqual([
      'blocked',
      expect.stringMatching(/^nothing shows that region 1 is gone: gateways see 0, 2; /),
      expect.stringContaining('confirm that with --fenced'),
    ]);
    expect(finding.advice).not.toContain('recover fence');
    const confirmed = await check({ answers, regions: unseen }, true);
    expect([confirmed.state, confirmed.warnings]).toEqual([
      'met',
      [expect.stringMatching(/^nothing shows .*; confirmed to be cut off by --fenced$/)],
    ]);
  });

  test('where only it is seen, it is not the lost one, although nobody else says anything of it', async () => {
    const finding = await check({ answers: { ...answers, [SEEN]: seenOf([1, 3]) }, regions: regions({}) });
    expect([finding.state, finding.why, finding.advice]).toEqual([
      'blocked',
      'gateways still see brokers 1, 3 of region 1',
      expect.stringContaining('did you mean `--lost region0`?'),
    ]);
    const both = await check({ answers: { ...answers, [SEEN]: seenOf([0, 1, 2, 3]) }, regions: regions({}) });
    expect([both.state, both.advice]).toEqual(['blocked', expect.stringMatching(/^the region is not lost/)]);
  });

  test('a broker of the survivor that is down is named where it is the reason why nothing can be read', async () => {
    const finding = await check({ answers: { ...answers, [SEEN]: seenOf([2]), [CONFIGURATION]: 504 } });
    expect([finding.state, finding.advice]).toEqual(['unknown', expect.stringContaining('bring brokers 0 of the surviving region back')]);
  });

  test('it is not while gateways see its brokers, whatever is confirmed', async () => {
    const seen = { ...answers, [SEEN]: seenOf([0, 2, 3]) };
    const waits = running(expect.stringMatching(/^gateways still see brokers 3 of region 1: .*alive, also with --fenced$/) as string);
    expect(await check({ answers: seen })).toEqual(waits);
    expect(await check({ answers: seen, regions: regions({}) }, true)).toEqual(waits);
    expect(await check({ answers: seen, regions: regions({ brokerPods: pods(true) }) }, true)).toEqual(waits);
    expect((await check({ answers: seen, regions: regions({ brokerPods: pods(true) }) })).state).toBe('blocked');
  });

  test('it is not if no broker of the other region is seen', async () => {
    expect(await check({ answers: { ...answers, [SEEN]: seenOf([1]) } })).toEqual(open('no broker of the other region is seen, only 1'));
    expect(await check({ answers: { ...silence, [CONFIGURATION]: answers[CONFIGURATION] } })).toEqual(
      unknown('/v2/topology answered HTTP 404'),
    );
  });

  test('8: warns of brokers of the survivor that are missing', async () => {
    const finding = await check({ answers: { ...answers, [SEEN]: seenOf([0]) } });
    expect([finding.state, finding.warnings]).toEqual(['met', [expect.stringContaining('brokers 2 of the surviving region are not seen')]]);
  });

  test('6: a pending change is in the way, says since when, and how it is cancelled', async () => {
    const busy = { ...answers, [CONFIGURATION]: configurationOf([0, 1, 2, 3], pending('BROKER_REMOVE', 'PARTITION_JOIN')) };
    const finding = await check({ answers: busy });
    expect(finding).toEqual({
      ...running(
        'a change is in the way: change 8 is pending since 2026 (brokers or replicas are added, moved or removed: BROKER_REMOVE, PARTITION_JOIN)',
      ),
      advice: expect.stringMatching(/'recover resume'.* cancels it/) as string,
    });
    const deleting = { ...answers, [CONFIGURATION]: configurationOf([0, 1, 2, 3], pending('DELETE_HISTORY')) };
    expect(await check({ answers: deleting })).toMatchObject({ state: 'blocked', advice: expect.stringContaining('changes/8') as string });
  });

  test('6: so is one that does not say what it does', async () => {
    expect((await check({ answers: { ...answers, [CONFIGURATION]: configurationOf([0, 1, 2, 3], pending()) } })).state).toBe('blocked');
  });

  test('6: the removal itself is not', async () => {
    const ours = { ...answers, [CONFIGURATION]: configurationOf([0, 1, 2, 3], pending('BROKER_REMOVE')) };
    expect((await check({ answers: ours })).state).toBe('met');
    expect(await check({ answers: { ...answers, [CONFIGURATION]: 504 } })).toEqual(unknown('/actuator/cluster answered HTTP 504'));
  });

  test('1: with region 0 lost, the configuration is not asked for', async () => {
    const { view, requests } = answeringView({ answers: { [SEEN]: seenOf([1, 3]) }, regions: [{ brokerPods: [] }] });
    const step = judgeLoss(TOPOLOGY, LOST_0, false);
    expect((await judged(step.done, view)).state).toBe('met');
    // But for the dry run of the removal, which tells of a change that is pending.
    expect(new Set(requests)).toEqual(new Set([SEEN, 'PATCH management/actuator/cluster?force=true&dryRun=true']));
    expect(requests.at(-1)).toMatch(/^PATCH/);
    expect(step.done.calls).toHaveLength(5);
    expect(judgeLoss(TOPOLOGY, LOST_1, false).done.calls).toHaveLength(5);
  });
});
