import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import type { Clock } from '../../lib/recovery/ports';
import { version } from '../../package.json';
import { Commands, type CommandOptions } from './commands';
import type { FoundDeployment } from './deployment';
import { demandOptions, type CommandName } from './needed-options';
import { SystemClock } from './system-clock';
import { untilInterrupted } from './terminal/until-interrupted';
import { warn } from './terminal/warn';
import { describedDeployment, urlDeployment } from './url-deployment';

/** Commands that change nothing. */
const READING: readonly CommandName[] = ['status', 'plan', 'verify', 'temporary-broker'];

const RUNS: Readonly<Record<CommandName, (commands: Commands) => Promise<number> | number>> = {
  status: commands => commands.status(),
  plan: commands => commands.plan(),
  failover: commands => commands.start('failover'),
  failback: commands => commands.start('failback'),
  switch: commands => commands.switchLeaders(),
  scale: commands => commands.scale(),
  resume: commands => commands.resume(),
  verify: commands => commands.verify(),
  fence: commands => commands.fence(),
  'cancel-change': commands => commands.cancelChange(),
  'temporary-broker': commands => commands.temporaryBroker(),
  traffic: commands => commands.traffic(),
};

/** Finds the deployment, and does what a command is for. Gives the exit code. */
export async function runCommand(name: CommandName, options: CommandOptions): Promise<number> {
  demandOptions(name, options);
  const interrupted = interruption();
  const clock = new SystemClock(interrupted);
  const found = await untilInterrupted(find(name, options, clock), interrupted);
  warnOfNewer(found, options.json);
  const end = Promise.resolve(RUNS[name](new Commands(found, options, clock, interrupted)));
  const onlyReads = options.dryRun ?? READING.includes(name);
  return onlyReads ? untilInterrupted(end, interrupted) : end;
}

/** The first one ends the run at the next safe point; a second one ends the process. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

/** The Kubernetes client is loaded only where it is used: it takes longer than the rest of the program. */
async function find(name: CommandName, options: CommandOptions, clock: Clock): Promise<FoundDeployment> {
  if (options.topology !== undefined)
    return name === 'plan' || name === 'traffic' ? describedDeployment(options.topology) : urlDeployment(options, clock);
  const { kubernetesDeployment } = await import('./kubernetes/kubernetes-deployment');
  return kubernetesDeployment(options, clock);
}

function warnOfNewer({ topology: { camundaVersion } }: FoundDeployment, json?: boolean): void {
  const known = Object.keys(CAMUNDA_VERSIONS);
  if (known.includes(camundaVersion)) return;
  const mine = `this program is ${version} and knows ${known.join(', ')}`;
  warn(
    `the deployment was made by a release that knows Camunda ${camundaVersion}; ${mine}: use that of the release that deployed it`,
    json,
  );
}
