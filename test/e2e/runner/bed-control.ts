import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planOf } from '../../../constructs/topology/plan-of';
import type { RegionTopology, Topology } from '../../../constructs/topology/topology';
import { KUBERNETES_STEP, REFUSED_COMBINATIONS } from '../../../lib/review/changes/aws-update-rules';
import { bedEnvironment } from '../support/bed';
import { BED_SCRIPTS, RUN_FOLDER, writeBedState, type BedState, type ConfigurationName } from '../support/bed-state';
import { topologyOf, writeBedConfiguration } from './configuration';
import { CHART_REPOSITORY, environmentOf, KUBERNETES_VERSIONS, NODES_FOLDER, scriptEnvironment } from './environment';
import { PARTS, runningPids } from './memory';
import { nodeObjects } from './nodes';
import { killOrphans, run, runToTheEnd } from './processes';
import { tunnelsText } from './tunnels';

/** What is deployed. */
const CONFIGURATION_FILE = join(RUN_FOLDER, 'configuration.yaml');

/** Something of the bed itself did not work; the message says what. */
export class BedError extends Error {
  public constructor(message: string) {
    super(message);
    this.name = 'BedError';
  }
}

/** Looks for what the bed needs on this machine. What is missing has been printed if this returns false. */
export async function checkSystem(): Promise<boolean> {
  return (await run('bash', [join(BED_SCRIPTS, 'check-system.sh')], { env: process.env })) === 0;
}

/** Builds what the configurations need. What is up to date is left as it is. */
export async function build(configurations: readonly ConfigurationName[]): Promise<void> {
  const versions = [...new Set(configurations.map(name => kubernetesOf(topologyOf(name))))];
  // Those first that mostly wait for a registry: the others are made meanwhile.
  const parts = [
    'scanners',
    'aws',
    'search',
    'clients',
    'layers',
    'charts',
    'coredns',
    'kwok',
    'stages',
    'storage',
    'policies',
    ...versions.map(version => `kube-${version}`),
    'operators',
  ];
  await script('build.sh', parts, bedEnvironment(scriptEnvironment()));
}

/** Boots a bed, and waits until all of it answers. */
export async function boot(configuration: ConfigurationName): Promise<BedState> {
  rmSync(RUN_FOLDER, { recursive: true, force: true });
  mkdirSync(NODES_FOLDER, { recursive: true });
  const topology = topologyOf(configuration);
  topology.regions.forEach(region => {
    writeFileSync(nodesFile(region), nodesText(topology, region));
    writeFileSync(join(NODES_FOLDER, `tunnels-${region.regionId}.yaml`), tunnelsText(region));
  });
  writeBedConfiguration(configuration, CONFIGURATION_FILE, CHART_REPOSITORY);
  writeFileSync(join(RUN_FOLDER, 'update-rules.json'), JSON.stringify({ refused: REFUSED_COMBINATIONS, kubernetesStep: KUBERNETES_STEP }));
  const environment = environmentOf(topology);
  await script('control-plane/up.sh', [], bedEnvironment(environment));
  await script('aws/up.sh', [], bedEnvironment(environment));
  await script('operators/up.sh', [], bedEnvironment(environment));
  const state = { configuration, configurationFile: CONFIGURATION_FILE, environment, kept: false };
  writeBedState(state);
  return state;
}

/** Brings the configuration file of a kept bed up to date with the project's, as far as the bed itself still fits it. */
export function refreshConfiguration({ configuration, environment }: BedState): void {
  const topology = topologyOf(configuration);
  const needed = Object.entries(environmentOf(topology)).filter(([name]) => name !== 'PATH');
  const fits = needed.every(([name, value]) => environment[name] === value);
  if (!fits || topology.regions.some(region => readFileSync(nodesFile(region), 'utf8') !== nodesText(topology, region))) {
    throw new BedError(
      `configuration '${configuration}' has changed so much that it needs another bed: take this one down with --down first`,
    );
  }
  writeBedConfiguration(configuration, CONFIGURATION_FILE, CHART_REPOSITORY);
}

/** Ends everything that a bed has started. Its logs stay. */
export async function down(): Promise<void> {
  killOrphans();
  const env = bedEnvironment(scriptEnvironment());
  for (const part of [...PARTS].reverse()) {
    await runToTheEnd('bash', [join(BED_SCRIPTS, part, 'down.sh')], { env });
  }
  rmSync(join(RUN_FOLDER, 'bed.json'), { force: true });
  rmSync(join(RUN_FOLDER, 'deployment.json'), { force: true });
}

/** Whether any process of a bed runs. */
export function isUp(): boolean {
  return PARTS.some(part => runningPids(part).length > 0);
}

/** Whether every part that a proof expects runs: a process that has died makes a kept bed useless. */
export function isWhole(state: BedState): boolean {
  const regions = state.environment.BED_REGIONS.split(' ').length;
  const controllers = state.environment.BED_CONTROLLERS.split(' ').length;
  // Of the operators, those that keep them up, and the stand-in for Elasticsearch.
  const expected = { 'control-plane': 1 + 8 * regions, aws: 5, operators: (controllers + 1) * regions };
  return Object.entries(expected).every(([part, count]) => runningPids(part as (typeof PARTS)[number]).length >= count);
}

function nodesFile(region: RegionTopology): string {
  return join(NODES_FOLDER, `region-${region.regionId}.json`);
}

function nodesText(topology: Topology, region: RegionTopology): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: nodeObjects(topology, region) }, undefined, 1);
}

function kubernetesOf(topology: Topology): string {
  const { version } = planOf(topology).settings.kubernetes;
  if (!KUBERNETES_VERSIONS.includes(version)) {
    throw new BedError(`the bed has Kubernetes ${KUBERNETES_VERSIONS.join(' and ')}, not ${version}: add it as bed/README.md says`);
  }
  return version;
}

async function script(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const code = await run('bash', [join(BED_SCRIPTS, name), ...args], { env });
  if (code !== 0) throw new BedError(`${name} failed with exit code ${code}`);
}
