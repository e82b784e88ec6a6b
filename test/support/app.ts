import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { type Template } from 'aws-cdk-lib/assertions';
import { context as flags } from '../../cdk.json';

/** Layers of 60 MB are not copied for each app. */
const QUICK = { 'aws:cdk:disable-asset-staging': true };

const directory = mkdtempSync(join(tmpdir(), 'camunda-dual-region-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** An app with the feature flags of `cdk synth`, which `new App()` does not read. */
export function appWithFlags(context: Readonly<Record<string, unknown>> = {}): App {
  return appWith({ ...flags, ...context });
}

/** An app without any feature flag, as a user of the library may have it. */
export function appWithoutFlags(): App {
  return appWith({});
}

function appWith(context: Readonly<Record<string, unknown>>): App {
  return new App({ context: { ...QUICK, ...context }, outdir: mkdtempSync(join(directory, 'cdk.out-')) });
}

/** A stack in an app with the feature flags. */
export function emptyStack(): Stack {
  return new Stack(appWithFlags(), 'Stack', { env: { region: 'eu-west-2' } });
}

/** A resource as it stands in a template. */
export interface SynthesisedResource {
  readonly Type: string;
  // The shape of a template is what the tests find out.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly Properties: Record<string, any>;
  readonly DependsOn?: string[];
}

/** Resources of a type, by logical id. */
export function resourcesOf(template: Template, type: string): Record<string, SynthesisedResource> {
  return template.findResources(type) as Record<string, SynthesisedResource>;
}
