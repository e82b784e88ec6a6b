import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { Topology } from '../../../constructs/topology/topology';
import { CamundaDualRegion } from '../../../lib/camunda-dual-region';
import { regionManifests, type ManifestGroup } from '../../../lib/region-manifests';
import { stateOf, type DeploymentState } from '../../../lib/review/changes/deployment-state';
import type { CloudFormationTemplate, StackTemplate } from '../../../lib/review/template';
import { testApp } from '../app';
import { WHEN_ALL_WERE_SUPPORTED } from './versions';

/** Version of the library in states of tests. */
export const LIBRARY_VERSION = '1.2.3';

const rendered = new Map<string, string>();

/** The state of a deployment, synthesised once for the same settings. A copy, which a test may change. */
export function stateFor(settings: DualRegionSettings): DeploymentState {
  return copied(`whole ${JSON.stringify(settings)}`, () => stateOf({ ...renderedParts(settings), libraryVersion: LIBRARY_VERSION }));
}

/** The same without templates, which take most of the time. */
export function manifestStateFor(settings: DualRegionSettings): DeploymentState {
  return copied(`manifests ${JSON.stringify(settings)}`, () => {
    const topology = Topology.of(settings, WHEN_ALL_WERE_SUPPORTED);
    return stateOf({ topology, stacks: [], manifests: manifestsOf(topology), libraryVersion: LIBRARY_VERSION });
  });
}

/** What a synthesis makes. */
export function renderedParts(settings: DualRegionSettings): {
  readonly topology: Topology;
  readonly stacks: StackTemplate[];
  readonly manifests: ManifestGroup[][];
} {
  const app = testApp();
  const { topology } = new CamundaDualRegion(app, 'Camunda', settings);
  const stacks = app.synth().stacks.map(({ stackName, environment, template }) => ({
    stackName,
    awsRegion: environment.region,
    template: template as CloudFormationTemplate,
  }));
  return { topology, stacks, manifests: manifestsOf(topology) };
}

function manifestsOf(topology: Topology): ManifestGroup[][] {
  return topology.regions.map(({ regionId }) => regionManifests(topology, regionId));
}

function copied(key: string, make: () => DeploymentState): DeploymentState {
  const text = rendered.get(key) ?? JSON.stringify(make());
  rendered.set(key, text);
  return JSON.parse(text) as DeploymentState;
}
