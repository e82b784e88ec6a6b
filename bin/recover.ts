#!/usr/bin/env node
import { CommanderError } from 'commander';
import { whenReaderLeaves } from './closed-pipe';
import { EXIT } from './recover/exit-code';
import { failed } from './recover/failure';
import { program } from './recover/program';

const interruption = new AbortController();

async function main(): Promise<void> {
  // Whoever reads the output may stop reading: that must not end a recovery half way.
  whenReaderLeaves(() => undefined);
  // The first one ends the run at the next safe point; a second one ends the process.
  process.once('SIGINT', () => interruption.abort());
  process.once('SIGTERM', () => interruption.abort());
  const json = process.argv.includes('--json');
  try {
    await program(interruption.signal).parseAsync();
  } catch (error) {
    process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? EXIT.done : failed(error, json);
  }
}

// A request to a lost region may still be waiting for its end: nobody waits for the answer.
void main().finally(() => process.stdout.write('', () => process.exit()));
