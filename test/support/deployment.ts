import { Stack, type App } from 'aws-cdk-lib';
import type { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import type { CloudFormationTemplate, StackTemplate } from '../../lib/review/template';
import { testApp } from './app';
import { DEFAULT_SETTINGS } from './settings/settings';
import { WHEN_ALL_WERE_SUPPORTED } from './settings/versions';

/** A synthesised deployment. */
export interface Deployment {
  readonly construct: CamundaDualRegion;
  readonly assembly: CloudAssembly;
  /** Stacks by the id of their construct: `Region0`, `Peering` and so on. */
  readonly stacks: Readonly<Record<string, CloudFormationStackArtifact>>;
}

export function synthesise(app: App, construct: CamundaDualRegion): Deployment {
  const assembly = app.synth();
  const stacks = construct.node.children.filter(child => Stack.isStack(child));
  return {
    construct,
    assembly,
    stacks: Object.fromEntries(stacks.map(stack => [stack.node.id, assembly.getStackArtifact(stack.artifactId)])),
  };
}

let cached: Deployment | undefined;

/** The deployment of the default settings, synthesised once in each test file. */
export function defaultDeployment(): Deployment {
  if (!cached) {
    const app = testApp();
    cached = synthesise(app, new CamundaDualRegion(app, 'Camunda', { ...DEFAULT_SETTINGS, today: WHEN_ALL_WERE_SUPPORTED }));
  }
  return cached;
}

/** Copies of the templates of some stacks, with their places. */
export function templatesOf({ stacks }: Deployment, ...ids: readonly string[]): StackTemplate[] {
  return (ids.length > 0 ? ids : Object.keys(stacks)).map(id => ({
    stackName: stacks[id].stackName,
    awsRegion: stacks[id].environment.region,
    template: structuredClone(stacks[id].template) as CloudFormationTemplate,
  }));
}
