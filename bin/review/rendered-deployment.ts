import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { context as flags } from '../../cdk.json';
import type { DualRegionSettings } from '../../constructs/topology/settings/settings';
import type { Topology } from '../../constructs/topology/topology';
import { CamundaDualRegion } from '../../lib/camunda-dual-region';
import { regionManifests } from '../../lib/region-manifests';
import type { Rendered } from '../../lib/review/rendered';
import type { CloudFormationTemplate } from '../../lib/review/template';

/** What a review does without: copies of what functions are made of, and where in the code each resource comes from. */
const QUICK = {
  // Warnings are printed with their lines, by the program that read the file.
  '@aws-cdk/core:annotationsInValidationReport': false,
  'aws:cdk:disable-asset-staging': true,
  'aws:cdk:disable-creation-stack-traces': true,
};

/** A deployment with all that it renders. */
export interface RenderedDeployment extends Rendered {
  readonly topology: Topology;
}

/** Synthesises a deployment in this process, with the feature flags of `cdk synth`, and leaves no file behind. */
export function renderedDeployment(settings: DualRegionSettings): RenderedDeployment {
  const outdir = mkdtempSync(join(tmpdir(), 'review-'));
  try {
    // CloudFormation's own rules take as long as all the rest, and npm run synth tries them.
    const app = new App({ autoSynth: false, outdir, context: { ...flags, ...QUICK }, builtinCloudFormationValidation: false });
    const { topology } = new CamundaDualRegion(app, 'Camunda', settings);
    const { stacks } = app.synth();
    return {
      topology,
      stacks: stacks.map(({ stackName, environment, template, dependencies }) => ({
        stackName,
        awsRegion: environment.region,
        template: template as CloudFormationTemplate,
        dependencies: dependencies.flatMap(one => ('stackName' in one && typeof one.stackName === 'string' ? [one.stackName] : [])),
      })),
      manifests: topology.regions.map(({ regionId }) => regionManifests(topology, regionId)),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
