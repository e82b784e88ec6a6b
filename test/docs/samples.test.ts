import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ConfigurationFileError } from '../../bin/config/configuration-file-error';
import { readConfigurationOf } from '../../bin/config/read-configuration';
import { configurationSchema } from '../../bin/config/schema';
import { ProblemSeverity } from '../../constructs/topology/rules/judging/problem';
import { isMapping } from '../../constructs/topology/settings/rows/value-kinds';
import { userDocuments } from '../support/documents';
import { fencesIn, inlineCodeIn } from '../support/markdown';
import { WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';
import { compilerFindings } from '../support/typescript-samples';

interface Sample {
  readonly name: string;
  readonly text: string;
}

const documents = userDocuments();
const samplesIn = (language: string): Sample[] =>
  documents.flatMap(({ path, text }) =>
    fencesIn(text)
      .filter(fence => fence.language === language)
      .map(fence => ({ name: `${path}:${fence.line}`, text: fence.text })),
  );

describe('programs in TypeScript', () => {
  const samples = samplesIn('ts');
  const wrong: Sample[] = [
    {
      name: 'wrong setting',
      text: "import { App } from 'aws-cdk-lib';\nimport { CamundaDualRegion } from 'cdk-camunda-dual-region';\n\nnew CamundaDualRegion(new App(), 'Camunda', { region: [] });\n",
    },
    {
      name: 'missing value',
      text: "import { RegionVpc } from 'cdk-camunda-dual-region';\n\nexport const vpc = new RegionVpc(stack, 'Network');\n",
    },
    { name: 'wrong import', text: "import { Nothing } from 'cdk-camunda-dual-region';\n" },
    {
      name: 'package with the name of a folder',
      text: "import { Construct } from 'constructs';\nexport class Mine extends Construct {}\n",
    },
  ];
  let findings: string[] = [];
  // As one program: nearly all of the time is spent on the libraries.
  beforeAll(() => {
    findings = compilerFindings([...samples, ...wrong]);
  });

  test('compile', () => {
    expect(samples.length).toBeGreaterThan(1);
    expect(findings.filter(finding => samples.some(({ name }) => finding.startsWith(`${name},`)))).toEqual([]);
  });

  test('fail with the place and the reason where they are wrong', () => {
    expect(findings.filter(finding => wrong.some(({ name }) => finding.startsWith(`${name},`)))).toEqual([
      expect.stringMatching(/^wrong setting, line 4 of the sample: .*'region' does not exist/),
      expect.stringMatching(/^missing value, line 3 of the sample: Expected 3 arguments/),
      expect.stringMatching(/^missing value, line 3 of the sample: Cannot find name 'stack'/),
      expect.stringMatching(/^wrong import, line 1 of the sample: .*Nothing/),
    ]);
  });
});

describe('pieces of a configuration', () => {
  const base = parse(readFileSync('config/default.yaml', 'utf8')) as Record<string, unknown>;
  /** Whether any key is a setting: other YAML, such as steps of workflows and Kubernetes objects, has none. */
  const isConfiguration = (value: unknown): value is Record<string, unknown> =>
    isMapping(value) && Object.keys(value).some(key => key in configurationSchema.shape);
  /** `...` within a region stands for the rest of the default one. */
  const completed = (piece: Record<string, unknown>): Record<string, unknown> => {
    if (!Array.isArray(piece.regions)) return piece;
    const regions = (piece.regions as Record<string, unknown>[]).map((region, i) => {
      const { '...': rest, ...given } = region;
      return rest === null ? { ...(base.regions as object[])[i], ...given } : region;
    });
    return { ...piece, regions };
  };
  const parsed = (text: string): unknown => {
    try {
      return parse(text);
    } catch {
      return undefined;
    }
  };
  const inFences = samplesIn('yaml');
  const inText = documents.flatMap(({ path, text }) =>
    inlineCodeIn(text)
      .filter(({ text: code }) => /^\w+: [{[]/.test(code) && !code.includes('...'))
      .map(({ text: code, line }) => ({ name: `${path}:${line}`, text: code })),
  );
  const pieces = [...inFences, ...inText].filter(({ text }) => isConfiguration(parsed(text)));

  test('are found', () => {
    expect(inFences.length).toBeGreaterThan(5);
    expect(pieces.length).toBeGreaterThan(10);
  });

  test.each(inFences)('$name is YAML', ({ text }) => {
    expect(() => parse(text) as unknown).not.toThrow();
  });

  test.each(pieces)('$name makes the default configuration no wrong one', ({ text }) => {
    expect(mistakesIn({ ...base, ...completed(parse(text) as Record<string, unknown>) })).toEqual([]);
  });

  test('fail by the rule that they break', () => {
    expect(mistakesIn({ ...base, backup: { enabled: 'yes' }, retainVolume: true })).toEqual([
      'backup.enabled must be true or false [wrong-kind]',
      'retainVolume must be a known key [unknown-key]',
    ]);
  });
});

/** What is wrong with a configuration, one sentence each. */
function mistakesIn(configuration: object): string[] {
  try {
    readConfigurationOf(JSON.stringify(configuration, undefined, 1), 'sample.yaml', WHEN_ALL_WERE_SUPPORTED);
  } catch (error) {
    if (!(error instanceof ConfigurationFileError)) throw error;
    const errors = error.problems.filter(({ severity }) => severity === ProblemSeverity.ERROR);
    return errors.map(({ setting, requirement, rule }) => `${setting} ${requirement} [${rule}]`);
  }
  return [];
}
