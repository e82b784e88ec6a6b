import { readArguments, usage, UsageError, type Options } from './runner/arguments';
import { BedError, build, checkSystem, down, isUp, isWhole } from './runner/bed-control';
import { CONFIGURATIONS } from './runner/configuration';
import { runConfiguration } from './runner/configuration-run';
import { releaseLock, takeLock } from './runner/lock';
import { howToLookAround } from './runner/look-around';
import { heedSignals, Interrupted, interruptedBy } from './runner/processes';
import { allProofs } from './runner/proofs';
import { closingLine, REPORT_FILE, writeReport, type ConfigurationResult } from './runner/report';
import { readBedState, type BedState, type ConfigurationName } from './support/bed-state';

const FAILED = 1;
const CANNOT_RUN = 2;
const BY_SIGNAL: Readonly<Partial<Record<NodeJS.Signals, number>>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

async function main(given: readonly string[]): Promise<number> {
  const known = allProofs();
  const options = readArguments(given, known);
  if (options.help) {
    say(usage(known));
    return 0;
  }
  const owner = takeLock();
  if (owner !== undefined) {
    throw new UsageError(
      `another run (process ${owner}) works with this bed; wait for it, or give this one a bed of its own: BED_INSTANCE=1`,
    );
  }
  try {
    heedSignals();
    if (options.down) {
      await down();
      return 0;
    }
    if (!(await checkSystem())) return CANNOT_RUN;
    const results = await prove(options);
    say(`\n${writeReport(results)}\nThis report is in ${REPORT_FILE}`);
    if (isUp()) say(`\n${howToLookAround()}`);
    say(closingLine(results));
    return results.every(({ tests }) => tests.every(test => test.status !== 'failed')) ? 0 : FAILED;
  } finally {
    releaseLock();
  }
}

async function prove(options: Options): Promise<ConfigurationResult[]> {
  const kept = await keptBed(options.configuration);
  const names = kept ? [kept.configuration] : options.configuration ? [options.configuration] : configurationNames();
  if (!kept) await build(names);
  const known = allProofs();
  const results: ConfigurationResult[] = [];
  for (const configuration of names) {
    const keep = options.keep && configuration === names[names.length - 1];
    const { proofs, redeploy } = options;
    results.push(await runConfiguration({ configuration, proofs, known, kept: kept !== undefined, keep, redeploy, onReady: releaseLock }));
  }
  return results;
}

/** A bed that an earlier run has kept. What is left of a run that was killed is taken down first. */
async function keptBed(wanted: ConfigurationName | undefined): Promise<BedState | undefined> {
  const state = readBedState();
  if (!isUp()) return undefined;
  if (!state?.kept || !isWhole(state)) {
    say(state?.kept ? 'the kept bed is not complete any more: taking it down' : 'taking down what an earlier run has left');
    await down();
    return undefined;
  }
  if (wanted !== undefined && wanted !== state.configuration) {
    throw new UsageError(`the bed that is up has configuration '${state.configuration}'; take it down with --down first`);
  }
  say(`using the bed that is up, with configuration '${state.configuration}'`);
  return state;
}

function configurationNames(): ConfigurationName[] {
  return Object.keys(CONFIGURATIONS) as ConfigurationName[];
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    if (error instanceof Interrupted) return BY_SIGNAL[error.signal] ?? FAILED;
    if (!(error instanceof UsageError) && !(error instanceof BedError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error instanceof UsageError ? CANNOT_RUN : FAILED;
  })
  .then(code => {
    const signal = interruptedBy();
    process.exitCode = signal ? (BY_SIGNAL[signal] ?? FAILED) : code;
  })
  .catch((error: unknown) => {
    process.exitCode = FAILED;
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  });
