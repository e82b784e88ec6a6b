import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { context as flags } from '../../cdk.json';
import type { SynthesisedResource } from './app';
import { WHEN_ALL_WERE_SUPPORTED } from './settings/versions';

const QUICK = { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:disable-creation-stack-traces': true };

const ROOT = join(__dirname, '../..');

export const EXAMPLES = readdirSync(join(ROOT, 'examples'), { withFileTypes: true }).flatMap(entry =>
  entry.isDirectory() ? [entry.name] : [],
);

/** What an example synthesises, by the last part of the id of each stack. */
export interface SynthesisedExample {
  readonly stacks: Readonly<
    Record<string, { readonly awsRegion: string; readonly resources: Readonly<Record<string, SynthesisedResource>> }>
  >;
  /** Texts of warnings and errors that the CDK attaches to constructs. */
  readonly messages: readonly string[];
}

const synthesised = new Map<string, SynthesisedExample>();

/**
 * Runs the program of an example, once in each test file, as the CDK's command line runs it: with the feature flags. Without CloudFormation's
 * own rules, which take half of the time: .ci/run synthesises the examples with them too, each in a process of its own.
 */
export function exampleOf(name: string): SynthesisedExample {
  const known = synthesised.get(name);
  if (known) return known;
  const outdir = mkdtempSync(join(tmpdir(), 'example-'));
  const environment = { CDK_OUTDIR: outdir, CDK_VALIDATION: 'false', CDK_CONTEXT_JSON: JSON.stringify({ ...flags, ...QUICK }) };
  const printed = jest.spyOn(console, 'error').mockImplementation();
  try {
    Object.assign(process.env, environment);
    jest.useFakeTimers({ now: WHEN_ALL_WERE_SUPPORTED });
    jest.requireActual(join(ROOT, 'examples', name, 'app.ts'));
    const example = synthesisedIn(outdir);
    synthesised.set(name, example);
    return example;
  } finally {
    jest.useRealTimers();
    printed.mockRestore();
    for (const variable of Object.keys(environment)) delete process.env[variable];
    rmSync(outdir, { recursive: true, force: true });
  }
}

function synthesisedIn(outdir: string): SynthesisedExample {
  const artifacts = new CloudAssembly(outdir).stacks;
  return {
    stacks: Object.fromEntries(
      artifacts.map(({ hierarchicalId, environment, template }) => [
        hierarchicalId.split('/').pop(),
        { awsRegion: environment.region, resources: (template as { Resources: Record<string, SynthesisedResource> }).Resources },
      ]),
    ),
    messages: artifacts
      .flatMap(({ messages }) => messages)
      .filter(({ level }) => String(level) !== 'info')
      .map(({ entry }) => JSON.stringify(entry.data)),
  };
}

/** Properties of the resources of a type in some stacks of an example, or in all. */
export function propertiesIn(name: string, type: string, ...ids: readonly string[]): Readonly<Record<string, unknown>>[] {
  const { stacks } = exampleOf(name);
  return (ids.length > 0 ? ids : Object.keys(stacks)).flatMap(id =>
    Object.values(stacks[id].resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => Properties),
  );
}

/** All types of resources that an example makes. */
export function typesIn(name: string): Set<string> {
  return new Set(Object.values(exampleOf(name).stacks).flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type)));
}
