import { BASE, changed, fileOf, outcomeOf, problemsIn, unmarked } from '../support/settings/configuration-files';
import { DEFAULT_SETTINGS } from '../support/settings/settings';

describe('malformed YAML', () => {
  test.each([
    ['a tab for indentation', changed(['    vpcCidr: 10.192', '»\tvpcCidr: 10.192']), 'indent with spaces'],
    ['a quote that is never closed', `${BASE}tags: { team: "a }\n»`, 'add the bracket, quote or colon that is missing'],
    [
      'a bracket that is never closed',
      `${BASE}kubernetes: { adminRoleArns: [a, b }»\n`,
      expect.stringContaining('close all brackets') as string,
    ],
    [
      'a key without a colon',
      changed(['activeRegion: 0', '»activeRegion']),
      "check that each key is followed by ': ' and that the indentation is right",
    ],
    ['two colons in a line', changed(['name: camunda', 'name:» camunda: x']), expect.stringContaining('in quotes') as string],
    ['a key that is no text', `${BASE}? »[a]\n: b\n`, 'write a string before the colon'],
    ['a tag', changed(['name: camunda', 'name: »!Ref camunda']), expect.stringContaining('remove the tag') as string],
    ['a reserved character', changed(['name: camunda', 'name: »@camunda']), expect.stringContaining('in quotes') as string],
  ])('fails for %s', (_what, marked, fix) => {
    const { text, line } = unmarked(marked);
    const problem = problemsIn(text).find(({ rule }) => rule === 'yaml-syntax');
    expect(problem).toMatchObject({ line, fix, setting: '', requirement: expect.stringMatching(/^must be valid YAML \(.+\)$/) as string });
  });

  test('a message that repeats what was written shows it as text', () => {
    const [problem, ...others] = problemsIn('name: >- ?\tx\n');
    expect(others).toEqual([]);
    expect(problem.requirement).toContain('\\u0009');
    expect(problem.requirement).not.toContain('\t');
  });

  test('fails with what stands before it, and with nothing that it may have caused', () => {
    const text = changed(
      ['name: camunda', 'nme: camunda'],
      ['clusterSize: 8', 'clusterSize: 7'],
      ['    vpcCidr: 10.202', '\tvpcCidr: 10.202'],
    );
    const [first, second, ...others] = problemsIn(text).map(({ line, rule }) => `${line} ${rule}`);
    expect([first, second]).toEqual(['1 unknown-key', '2 cluster-size']);
    expect(others[0]).toBe('10 yaml-syntax');
    expect(others.filter(problem => !problem.endsWith('yaml-syntax'))).toEqual([]);
  });

  test('fails with nothing about a list or mapping that a mistake cuts off', () => {
    const cut = BASE.slice(0, BASE.lastIndexOf('  - ')) + ' - { awsRegion: eu-west-3 }\n';
    expect(problemsIn(cut).map(({ rule }) => rule)).toEqual(['yaml-syntax']);
  });

  test('one mistake a line is enough', () => {
    const lines = problemsIn('{'.repeat(40)).map(problem => problem.line);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test('fails for something else than a configuration with a list that people can read', () => {
    expect(problemsIn(`a: [1,\n${'}\n'.repeat(5000)}`).length).toBeLessThan(100);
  });
});

describe('anchors and aliases', () => {
  const SHARED = `${BASE}orchestration: { resources: &size { cpuMillis: 1000, memoryMiB: 7168 } }\nelasticsearch: { resources: *size }\n`;

  test('repeat a value', () => {
    const { configuration } = outcomeOf(fileOf(SHARED));
    expect(configuration?.settings.elasticsearch?.resources).toEqual({ cpuMillis: 1000, memoryMiB: 7168 });
    expect(configuration?.settings.regions).toEqual(DEFAULT_SETTINGS.regions);
  });

  test('may repeat it often, and a name may be used again', () => {
    const tags = Array.from({ length: 40 }, (_, i) => `t${i}: ${i === 20 ? '&x b' : '*x'}`).join(', ');
    const { configuration } = outcomeOf(fileOf(`${changed(['name: camunda', 'name: &x a'])}tags: { ${tags} }\n`));
    expect(configuration?.settings.tags).toMatchObject({ t19: 'a', t20: 'b', t39: 'b' });
  });

  test('fails at the alias, for a value that does not fit there', () => {
    const { text, line, column } = unmarked(changed(['name: camunda', 'name: &x camunda'], ['activeRegion: 0', 'activeRegion: »*x']));
    expect(problemsIn(text)).toMatchObject([{ rule: 'wrong-kind', setting: 'activeRegion', value: "'camunda'", line, column }]);
  });

  test('fails at the anchor, for a mistake inside of what is repeated', () => {
    const problems = problemsIn(SHARED.replace('7168', '10'));
    expect(problems.map(({ setting, line }) => `${line} ${setting}`)).toEqual([
      '13 orchestration.resources.memoryMiB',
      '13 elasticsearch.resources.memoryMiB',
    ]);
  });

  test('fails for an alias of nothing, once', () => {
    const { text, line, column } = unmarked(changed(['name: camunda', 'name: »*nothing']));
    expect(problemsIn(text)).toMatchObject([{ rule: 'alias-unknown', setting: 'name', value: "'*nothing'", line, column }]);
  });

  test('an alias of nothing is not taken for the default', () => {
    const text = `${changed(['clusterSize: 8', 'clusterSize: *nothing'])}nodes: { perZone: 1 }\n`;
    expect(problemsIn(text).map(problem => problem.rule)).toEqual(['alias-unknown']);
  });

  test('fails for a value that repeats itself', () => {
    const { text, line, column } = unmarked(`${BASE}nodes: &x { perZone: »*x }\n`);
    expect(problemsIn(text)).toMatchObject([{ rule: 'alias-endless', value: "'*x'", line, column }]);
  });

  test('reads hundreds of authorizations', () => {
    const authorization = (i: number): string =>
      `{ ownerType: USER, ownerId: u${i}, resourceType: PROCESS_DEFINITION, resourceId: p, permissions: [READ_USER_TASK] }`;
    expect(
      problemsIn(`${BASE}users: { authorizations: [${Array.from({ length: 500 }, (_, i) => authorization(i)).join(', ')}] }\n`),
    ).toEqual([]);
  });

  test.each([
    ['lists', (i: number) => `[${Array.from({ length: 9 }, () => `*a${i}`).join(', ')}]`],
    ['mappings', (i: number) => `{ ${Array.from({ length: 9 }, (_, k) => `k${k}: *a${i}`).join(', ')} }`],
    ['merge keys', (i: number) => `{ <<: [${Array.from({ length: 9 }, () => `*a${i}`).join(', ')}] }`],
  ])('fails for a bomb of %s, at once', (_what, repeat) => {
    const lines = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} ${repeat(i)}`);
    const start = performance.now();
    const problems = problemsIn(`a0: &a0 { x: lol }\n${lines.join('\n')}\n`);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(problems).toMatchObject([{ rule: 'too-many-values', requirement: expect.stringContaining('at most 10000 values') as string }]);
    expect(problems[0].line).toBeLessThan(7);
  });
});

describe('text that could exhaust a parser', () => {
  test.each([
    ['brackets', '['.repeat(60_000)],
    ['braces', '{a: '.repeat(15_000)],
    ['hyphens', '- '.repeat(30_000)],
    ['question marks', '? '.repeat(30_000)],
    ['indentation', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
  ])('fails for endlessly nested %s', (_what, text) => {
    expect(problemsIn(text)).toMatchObject([{ rule: 'yaml-depth', requirement: 'must be nested at most 50 levels deep' }]);
  });
});
