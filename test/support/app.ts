import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { type Template } from 'aws-cdk-lib/assertions';
import { context as flags } from '../../cdk.json';

/** Layers of 60 MB are not copied for each app, nor is every construct's origin recorded. */
const QUICK = { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:disable-creation-stack-traces': true };

const directory = mkdtempSync(join(tmpdir(), 'camunda-dual-region-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** How an app of a test differs from that of `cdk synth`. */
export interface TestAppOptions {
  /**
   * Whether the feature flags of `cdk synth` are set, which `new App()` does not read.
   *
   * @default true
   */
  readonly flags?: boolean;

  /**
   * Whether CloudFormation's own rules are tried on the templates. It takes as long as all the rest, so few tests do.
   *
   * @default false
   */
  readonly validation?: boolean;
}

/** An app that leaves nothing behind. */
export function testApp(options: TestAppOptions = {}): App {
  return new App({
    context: { ...(options.flags === false ? {} : flags), ...QUICK },
    outdir: mkdtempSync(join(directory, 'cdk.out-')),
    builtinCloudFormationValidation: options.validation ?? false,
    // A second description of all constructs, which no test reads.
    treeMetadata: false,
  });
}

/** A stack in an app with the feature flags. */
export function emptyStack(): Stack {
  return new Stack(testApp(), 'Stack', { env: { region: 'eu-west-2' } });
}

/** A resource as it stands in a template. */
export interface SynthesisedResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string[];
}

/** Resources of a type, by logical id. */
export function resourcesOf(template: Template, type: string): Record<string, SynthesisedResource> {
  return template.findResources(type) as Record<string, SynthesisedResource>;
}
