import { BASE, changed, fileOf, outcomeOf, problemsIn, unmarked } from '../support/settings/configuration-files';

/** A line that is added to the base file, with a mark where the problem is expected. */
function problemsWith(line: string): { problems: ReturnType<typeof problemsIn>; line: number; column: number } {
  const { text, ...place } = unmarked(`${BASE}${line}\n`);
  return { problems: problemsIn(text), ...place };
}

describe('unknown keys', () => {
  test.each([
    ['»conectors: { enabled: true }', 'conectors', "did you mean 'connectors'?"],
    ['kubernetes: { »VERSION: "1.36" }', 'kubernetes.VERSION', "did you mean 'version'?"],
    ['kubernetes: { »Version: "1.36" }', 'kubernetes.Version', "did you mean 'version'?"],
    ['kubernetes: { »admin_role_arns: [] }', 'kubernetes.admin_role_arns', "did you mean 'adminRoleArns'?"],
    ['orchestration: { resources: { »memoryMB: 8192 } }', 'orchestration.resources.memoryMB', "did you mean 'memoryMiB'?"],
    ['»zeebe: { image: {} }', 'zeebe', "'zeebe' belongs to the values of the Helm chart; here, use 'orchestration'"],
    ['orchestration: { »env: [] }', 'orchestration.env', expect.stringContaining("use 'pod.environment' of the same section") as string],
    ['»clusterSize: 8', 'clusterSize', "move it to 'camunda.clusterSize'"],
    ['nodes: { »vpcCidr: 10.0.0.0/16 }', 'nodes.vpcCidr', "move it to 'regions[].vpcCidr'"],
    [
      'nodes: { »colour: red }',
      'nodes.colour',
      'use one of instanceType, perZone, maxPerZone, volumeGiB, amiFamily, capacityType, labels, managedPolicies, systemReserved, groups',
    ],
    [
      'nodes: { »toString: x }',
      'nodes.toString',
      'use one of instanceType, perZone, maxPerZone, volumeGiB, amiFamily, capacityType, labels, managedPolicies, systemReserved, groups',
    ],
    ['»__proto__: { x: 1 }', '__proto__', expect.stringContaining('use one of name, ') as string],
    ['nodes: { »<<: { perZone: 3 } }', 'nodes.<<', expect.stringContaining('not merged') as string],
  ])('fails for %s', (added, setting, fix) => {
    const { problems, line, column } = problemsWith(added);
    expect(problems).toEqual([expect.objectContaining({ rule: 'unknown-key', setting, fix, line, column })]);
  });

  test('what stands below a misspelt key is checked as well, at its own place', () => {
    const { text, line, column } = unmarked(changed(['regions:', 'regins:'], ['vpcCidr: 10.202.0.0/16', 'vpcCider: »10.192.0.0/16']));
    const problems = problemsIn(text);
    expect(problems.map(({ rule, setting }) => `${rule} ${setting}`)).toEqual([
      'unknown-key regins',
      'unknown-key regions[1].vpcCider',
      'cidr-overlap regions[1].vpcCidr',
    ]);
    expect(problems[2]).toMatchObject({ line, column });
  });

  test('a key that is misspelt beside the right one is not taken for it', () => {
    const { problems } = problemsWith('nodes: { perZone: 2, »perzone: 1 }');
    expect(problems.map(problem => problem.rule)).toEqual(['unknown-key']);
  });
});

describe('values of the wrong kind', () => {
  test.each([
    ['kubernetes: { version: »1.30 }', 'a string', '1.30', "choose one of '1.34', '1.35', '1.36', in quotes"],
    ['kubernetes: { version: »1.36 }', 'a string', '1.36', 'put it in quotes: "1.36"'],
    ['tags: { centre: »0815 }', 'a string', '0815', 'put it in quotes: "0815"'],
    ['tags: { shared: »true }', 'a string', 'true', 'put it in quotes: "true"'],
    ['tags: { »owner: }', 'a string', 'nothing', 'write it behind the colon, or remove the key if it has a default'],
    ['images: { registry: »[a] }', 'a string', "['a']", 'write a single string'],
    ['nodes: { perZone: »"2" }', 'a number', "'2'", 'remove the quotes: 2'],
    ['nodes: { volumeGiB: »50Gi }', 'a number', "'50Gi'", 'write the number alone: the unit is part of the key'],
    ['nodes: { perZone: »two }', 'a number', "'two'", 'write a number, without quotes'],
    ['nodes: { perZone: »2.5 }', 'a whole number', '2.5', 'write digits only, without quotes'],
    ['nodes: { perZone: »1e300 }', 'a whole number', '1e300', 'write digits only, without quotes'],
    ['nodes: { perZone: ».inf }', 'a number', '.inf', 'write a number, without quotes'],
    ['connectors: { enabled: »yes }', 'true or false', "'yes'", 'write true or false, without quotes'],
    ['kubernetes: { publicAccessCidrs: »198.51.100.7/32 }', 'a list', "'198.51.100.7/32'", 'put it in brackets: [198.51.100.7/32]'],
    ['kubernetes: { publicAccessCidrs: »{ a: 1 } }', 'a list', '{ a }', 'put a hyphen before each entry'],
    ['kubernetes: { adminRoleArns: [»5] }', 'a string', '5', 'put it in quotes: "5"'],
    ['»nodes:', 'a mapping', 'nothing', 'indent what belongs to it, or remove the key'],
    ['nodes: »m6i.xlarge', 'a mapping', "'m6i.xlarge'", "write its settings below it, each as 'key: value'"],
    ['nodes: »[{ perZone: 2 }]', 'a mapping', '[...]', "write 'key: value' below it, without hyphens"],
    ['tls: »false', 'a mapping', 'false', 'write tls: { enabled: false }'],
    ['nodes: »true', 'a mapping', 'true', "write its settings below it, each as 'key: value'"],
    ['tags: »[team]', 'a mapping', "['team']", "write 'key: value' below it, without hyphens"],
  ])('fails for %s', (added, kind, value, fix) => {
    const { problems, line, column } = problemsWith(added);
    expect(problems).toEqual([expect.objectContaining({ rule: 'wrong-kind', requirement: `must be ${kind}`, value, fix, line, column })]);
  });

  test.each([
    ['a version without quotes', ['"8.9"', '»8.9'], 'camunda.version', 'put it in quotes: "8.9"'],
    ['a version that ends in 0, without quotes', ['"8.9"', '»8.10'], 'camunda.version', 'put it in quotes: "8.10"'],
    [
      'a version that is none, without quotes',
      ['"8.9"', '»8.11'],
      'camunda.version',
      "choose one of '8.7', '8.8', '8.9', '8.10', in quotes",
    ],
    [
      'an account without quotes',
      ['    namespace: camunda-paris', '    namespace: camunda-paris\n    account: »012345678901'],
      'regions[1].account',
      'put it in quotes: "012345678901"',
    ],
    [
      'a region that is a single string',
      ['  - awsRegion: eu-west-3', '  - »eu-west-3\n  - awsRegion: eu-west-3'],
      'regions[1]',
      "write its settings below it, each as 'key: value'",
    ],
  ] as const)('fails for %s', (_what, change, setting, fix) => {
    const { text, line, column } = unmarked(changed(change));
    expect(problemsIn(text)).toContainEqual(expect.objectContaining({ rule: 'wrong-kind', setting, fix, line, column }));
  });

  test('a number of regions other than two is reported beside what is wrong within them', () => {
    const text = changed(['  - awsRegion: eu-west-3', '  - eu-west-1\n  - awsRegion: eu-west-3']);
    expect(
      problemsIn(text)
        .map(problem => problem.rule)
        .sort(),
    ).toEqual(['region-count', 'wrong-kind']);
  });
});

describe('duplicate keys', () => {
  test.each([
    ['»name: orders', 'name', 'line 1'],
    ['»regions: []', 'regions', 'line 4'],
  ])('fails for a second %s at the top', (added, setting, first) => {
    const { problems, line, column } = problemsWith(added);
    const duplicate = problems.find(problem => problem.rule === 'duplicate-key');
    expect(duplicate).toMatchObject({ setting, line, column, fix: expect.stringContaining(first) as string });
  });

  test('fails once, however often an alias repeats the mapping', () => {
    const { problems, line, column } = problemsWith(
      'orchestration: { resources: &size { memoryMiB: 8192, »memoryMiB: 7168 } }\nconnectors: { resources: *size }',
    );
    expect(problems).toMatchObject([{ rule: 'duplicate-key', setting: 'orchestration.resources.memoryMiB', line, column }]);
  });

  test('fails for one inside of a list, and with every other mistake', () => {
    const { text, line, column } = unmarked(changed(['namespace: camunda-london', 'namespace: camunda-london\n    »namespace: default']));
    expect(problemsIn(text)).toMatchObject([
      { rule: 'duplicate-key', setting: 'regions[0].namespace', line, column, value: "'default'" },
      { rule: 'namespace-system', line },
    ]);
  });
});

test('text that a terminal would obey is shown as text', () => {
  const { problems } = problemsWith('tags: { "a\\e[31mb": »"\\e[2J\\n*" }');
  expect(problems).toMatchObject([{ rule: 'tag', value: "'\\u001b[2J\\u000a*'" }]);
  expect(outcomeOf(fileOf(BASE)).problems).toEqual([]);
});

test('a variable is told not to be replaced, where it is no value', () => {
  const { problems } = problemsWith('images: { registry: »"${REGISTRY}" }');
  expect(problems).toEqual([
    expect.objectContaining({
      rule: 'image-registry',
      fix: expect.stringContaining('Variables like REGISTRY are not replaced here') as string,
    }),
  ]);
});
