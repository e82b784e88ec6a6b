import { Command } from 'commander';
import { readConfiguration } from '../bin/config/read-configuration';
import { exitOnMistake } from '../bin/exit-on-mistake';
import { renderedDeployment } from '../bin/review/rendered-deployment';
import { cellText } from '../lib/review/document/cells';
import { timeSection } from '../lib/review/document/time-section';

/** Prints how long the first deployment of a configuration takes on paper, and what each stack waits for. */
function print({ config }: { readonly config: string }): void {
  const { summary, tables } = timeSection(renderedDeployment(readConfiguration(config).settings));
  const lines = tables.flatMap(({ rows, notes = [] }) => [
    ...rows.map(row => row.map(cellText)).map(([stack, time, path]) => `${stack.padEnd(28)}${time.padStart(7)}  ${path}`),
    '',
    ...notes,
  ]);
  process.stdout.write(`${[summary, '', ...lines].join('\n')}\n`);
}

new Command('npm run deployment-time --')
  .description('Prints how long the first deployment of a configuration takes on paper, and what each stack waits for.')
  .option('--config <file>', 'configuration file', 'config/default.yaml')
  .action((options: { readonly config: string }) => exitOnMistake(() => print(options)))
  .parse();
