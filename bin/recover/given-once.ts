import type { Command } from 'commander';
import { UsageError } from './exit-code';

/**
 * Refuses an option that is given twice with a value. The last one would win, and nobody would notice.
 *
 * @param repeatable options that gather what they are given
 */
export function givenOnce(command: Command, repeatable: readonly string[]): void {
  for (const option of command.options) {
    const { long = '' } = option;
    if (option.isBoolean() || repeatable.includes(long)) continue;
    let isGiven = false;
    command.on(`option:${option.name()}`, () => {
      if (isGiven) throw new UsageError(`${long} is given twice: give it once, with what is meant`);
      isGiven = true;
    });
  }
}
