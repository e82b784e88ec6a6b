import { parseArgs } from 'node:util';
import type { ConfigurationName } from '../support/bed-state';
import { CONFIGURATIONS } from './configuration';
import type { Proof } from './proofs';

/** What the command line asks for. */
export interface Options {
  /** Undefined: not named, so both, or that of a kept bed. */
  readonly configuration?: ConfigurationName;
  readonly proofs: readonly Proof[];
  readonly keep: boolean;
  readonly redeploy: boolean;
  readonly down: boolean;
  readonly help: boolean;
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {
  public constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** The text of `--help`. */
export function usage(known: readonly Proof[]): string {
  return `Usage: npm run e2e -- [options]

Deploys both regions into real control planes and an AWS emulator on this machine, and proves what came of it.

  --only NAME[,NAME]          only these proofs
  --configuration NAME        ${Object.keys(CONFIGURATIONS).join(' or ')}; both, one after the other, if none is named
  --keep                      leave the bed up at the end, and say how to look around
  --redeploy                  on a kept bed: deploy again before the proofs, after a change of the product
  --down                      take a kept bed down
  --help                      this

Proofs: ${known.map(proof => proof.name).join(', ')}

A bed that is kept is used by later runs as it is, without booting or deploying, until --down.
BED_INSTANCE=1 to 9 in the environment gives a bed beside the first one.

Exit code 0: all passed. 1: not all. 2: wrong usage, or something is missing on this machine.`;
}

/** Reads the command line. Throws a `UsageError`. */
export function readArguments(given: readonly string[], known: readonly Proof[]): Options {
  const { values } = parse(given);
  const { configuration, only } = values;
  if (configuration !== undefined && !isConfiguration(configuration)) {
    throw new UsageError(`unknown configuration '${configuration}'; known are ${Object.keys(CONFIGURATIONS).join(', ')}`);
  }
  const names = only?.flatMap(list => list.split(',')).filter(name => name !== '');
  const unknown = names?.filter(name => !known.some(proof => proof.name === name)) ?? [];
  if (unknown.length > 0) {
    throw new UsageError(
      `unknown proof ${unknown.map(name => `'${name}'`).join(', ')}; known are ${known.map(proof => proof.name).join(', ')}`,
    );
  }
  return {
    configuration,
    proofs: names ? known.filter(proof => names.includes(proof.name)) : known,
    keep: values.keep ?? false,
    redeploy: values.redeploy ?? false,
    down: values.down ?? false,
    help: values.help ?? false,
  };
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: {
        only: { type: 'string', multiple: true },
        configuration: { type: 'string' },
        keep: { type: 'boolean' },
        redeploy: { type: 'boolean' },
        down: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function isConfiguration(name: string): name is ConfigurationName {
  return Object.hasOwn(CONFIGURATIONS, name);
}
