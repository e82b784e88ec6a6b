import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { objectsOf } from '../support/manifests';
import { agree, allowancesIn, differencesBetween, unexplained } from '../support/parity/comparison';
import { factsOf, type RoleFacts } from '../support/parity/facts';

const VERSIONS = Object.keys(CAMUNDA_VERSIONS);

/** What the official chart renders for a region with the values of the official dual-region reference. */
function chartFacts(version: string, regionId: number): RoleFacts {
  const text = readFileSync(join(__dirname, 'facts', `${version}.json`), 'utf8');
  const { region0, region1 } = JSON.parse(text) as Record<'region0' | 'region1', RoleFacts>;
  if (regionId === 0) return region0;
  return Object.fromEntries(Object.entries(region0).map(([role, facts]) => [role, { ...facts, ...region1[role] }]));
}

function allowances(version: string) {
  return allowancesIn(readFileSync(join(__dirname, `../../docs/parity/${version}.allow`), 'utf8'));
}

describe.each(VERSIONS.flatMap(version => [0, 1].map(regionId => [version, regionId] as const)))(
  'Camunda %s, region %i',
  (version, regionId) => {
    const ours = factsOf(objectsOf(regionId, { camunda: { version } }));
    const chart = chartFacts(version, regionId);

    test('differs from the official chart only where that is intended, and every intention is one', () => {
      expect(unexplained(differencesBetween(chart, ours), allowances(version))).toEqual({ differences: [], allowances: [] });
    });

    test('has the images of the chart, of the same patch or a newer one', () => {
      const patch = (image: string | undefined): number => Number(/\.(\d+)(?:-alpha\d+)?$/.exec(image ?? '')?.[1]);
      const roles = Object.keys(chart).filter(role => chart[role].image);
      expect(roles.length).toBeGreaterThan(0);
      for (const role of roles) {
        expect(ours[role].image).toContain(`:${version}.`);
        expect(patch(ours[role].image)).toBeGreaterThanOrEqual(patch(chart[role].image));
      }
    });

    test('agrees with it in most facts, encryption aside', () => {
      const plain = factsOf(objectsOf(regionId, { camunda: { version }, tls: { enabled: false } }));
      const facts = Object.values(chart).reduce((sum, role) => sum + Object.keys(role).length, 0);
      expect(facts).toBeGreaterThan(140);
      expect(differencesBetween(chart, plain).length).toBeLessThan(facts / 2);
    });
  },
);

test.each(VERSIONS)('the documentation has the figures of %s', version => {
  const [chart, ours] = [chartFacts(version, 0), factsOf(objectsOf(0, { camunda: { version } }))];
  const differences = differencesBetween(chart, ours).length;
  const all = Object.entries(chart).flatMap(([role, facts]) =>
    Object.keys(facts).filter(fact => agree(fact, facts[fact], ours[role]?.[fact])),
  );
  expect(readFileSync(join(__dirname, '../../docs/parity/README.md'), 'utf8')).toContain(
    `| ${version} | ${all.length} | ${differences} | 0 |`,
  );
});

test.each(VERSIONS)('gives a reason for every intended difference of %s', version => {
  for (const { reason } of allowances(version)) expect(reason).toMatch(/^\S.{5,}/);
});

describe('the comparison', () => {
  const chart: RoleFacts = { operate: { kind: 'Deployment', image: 'camunda/operate:8.9.1', replicas: '1', 'env/A': 'x' } };

  test.each([
    ['another value', { operate: { ...chart.operate, replicas: '2' } }, 'differs:operate/replicas  chart 1, ours 2'],
    [
      'another image',
      { operate: { ...chart.operate, image: 'camunda/tasklist:8.9.2' } },
      'differs:operate/image  chart camunda/operate:8.9.1, ours camunda/tasklist:8.9.2',
    ],
    ['a missing fact', { operate: { kind: 'Deployment', image: 'camunda/operate:8.9.3', replicas: '1' } }, 'only-chart:operate/env/A  x'],
    ['a fact too many', { operate: { ...chart.operate, 'env/B': 'y' } }, 'only-ours:operate/env/B  y'],
    ['a missing workload', {}, 'only-chart:operate/workload'],
    ['a workload too many', { ...chart, tasklist: {} }, 'only-ours:tasklist/workload'],
  ])('notices %s', (_, ours, difference) => {
    expect(unexplained(differencesBetween(chart, ours), [])).toEqual({ differences: [difference], allowances: [] });
  });

  test('notices an allowance of nothing, and takes a glob with or without the kind of the difference', () => {
    const found = differencesBetween(chart, { operate: { kind: 'Deployment', image: 'camunda/operate:8.9.1', replicas: '2' } });
    const given = ['operate/rep*', 'only-chart:*/env/?', 'only-ours:*'].map(glob => ({ glob, reason: 'because' }));
    expect(unexplained(found, given)).toEqual({ differences: [], allowances: ['only-ours:*'] });
  });
});
