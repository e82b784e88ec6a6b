import { planOf } from '../../../constructs/topology/plan-of';
import { bed } from '../support/bed';
import { isDeployed, readBedState, readDeployment, writeBedState, type ConfigurationName } from '../support/bed-state';
import { seconds } from '../support/figure';
import { BedError, boot, down, refreshConfiguration } from './bed-control';
import { deploy } from './deployment';
import { runProofs, type TestOutcome } from './jest-run';
import { writeEnvironmentFile } from './look-around';
import { MemoryWatch } from './memory';
import { DEPLOY, type Proof } from './proofs';
import type { ConfigurationResult } from './report';

/** What to do with one configuration. */
export interface Plan {
  readonly configuration: ConfigurationName;
  readonly proofs: readonly Proof[];
  /** All of them, to find the proof of the deployment. */
  readonly known: readonly Proof[];
  /** A kept bed is there. */
  readonly kept: boolean;
  /** Leave the bed up. */
  readonly keep: boolean;
  readonly redeploy: boolean;
  /** Called when from here on others may use the bed as well. */
  readonly onReady: () => void;
}

/** Boots, deploys and proves one configuration, and takes the bed down whatever happens. */
export async function runConfiguration(plan: Plan): Promise<ConfigurationResult> {
  const figures: [string, string][] = [];
  const timed = async <T>(name: string, action: () => Promise<T>): Promise<T> => {
    progress(plan.configuration, name);
    const started = Date.now();
    const result = await action();
    figures.push([name, seconds(Date.now() - started)]);
    return result;
  };
  const memory = new MemoryWatch();
  let tests: TestOutcome[] = [];
  let summary = '';
  let stays = plan.kept;
  try {
    if (!plan.kept) await timed('boot', () => boot(plan.configuration));
    if (plan.kept && plan.redeploy) refreshConfiguration(readBedState()!);
    writeEnvironmentFile();
    summary = summaryOfBed();
    if (plan.redeploy || !isDeployed(readDeployment())) await timed('deploy', deploy);
    const proofs = isDeployed(readDeployment()) ? plan.proofs : plan.known.filter(proof => proof.name === DEPLOY);
    if (proofs !== plan.proofs) progress(plan.configuration, 'the deployment failed, so no other proof makes sense');
    if (plan.kept) plan.onReady();
    tests = await timed('proofs', () => runProofs(proofs));
    stays ||= plan.keep;
  } catch (error) {
    if (!(error instanceof BedError)) throw error;
    process.stderr.write(`${error.message}\n`);
    tests = [{ file: 'bed', name: `the bed itself: ${error.message}`, status: 'failed', seconds: 0, figures: [] }];
  } finally {
    if (stays) keepBed();
    else await timed('take down', down);
    figures.push(['memory at its highest', memory.stop()]);
  }
  return { configuration: plan.configuration, summary, figures, tests };
}

function keepBed(): void {
  const state = readBedState();
  if (state && !state.kept) writeBedState({ ...state, kept: true });
}

function summaryOfBed(): string {
  const { topology, regions } = bed();
  const { camunda, kubernetes, nodes } = planOf(topology).settings;
  return [
    `${regions.map(({ awsRegion }) => awsRegion).join(' and ')}, Camunda ${camunda.version} on Kubernetes ${kubernetes.version}, ${camunda.clusterSize} brokers,`,
    `${camunda.partitionCount} partitions, ${3 * nodes.perZone} nodes of type ${nodes.instanceType} a region.`,
  ].join(' ');
}

function progress(configuration: ConfigurationName, what: string): void {
  process.stdout.write(`== ${configuration}: ${what}\n`);
}
