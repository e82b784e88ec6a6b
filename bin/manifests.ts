import { Command, CommanderError, Option } from 'commander';
import { Topology } from '../constructs/topology/topology';
import { whenReaderLeaves } from './closed-pipe';
import { printedProblems, showsColour } from './config/printed-problems';
import { readConfiguration } from './config/read-configuration';
import { exitOnMistake } from './exit-on-mistake';
import { manifestFiles, writeManifestFiles } from './manifest-files';

interface Options {
  readonly config: string;
  readonly out: string;
  readonly region?: string;
}

const USAGE_ERROR = 2;
const STANDARD_OUTPUT = '-';

function program(): Command {
  return new Command('manifests')
    .description('Writes the Kubernetes manifests of both regions, as the stacks deploy them. Needs no AWS account.')
    .option('--config <file>', 'configuration file', 'config/default.yaml')
    .option(
      '--out <folder>',
      `folder for region0/*.yaml and region1/*.yaml, or ${STANDARD_OUTPUT} for the standard output`,
      'out/manifests',
    )
    .addOption(new Option('--region <id>', 'only this region').choices(['0', '1']))
    .allowExcessArguments(false)
    .exitOverride()
    .addHelpText('after', `\nExit code 0: written. 1: a mistake in the configuration, or no place to write. ${USAGE_ERROR}: wrong usage.`);
}

function write({ config, out, region }: Options): void {
  const { settings, warnings } = readConfiguration(config);
  if (warnings.length > 0) process.stderr.write(`${printedProblems(warnings, { colour: showsColour(process.stderr) })}\n`);
  const topology = Topology.of(settings);
  const regions = topology.regions.filter(({ regionId }) => region === undefined || region === String(regionId));
  const files = regions.flatMap(({ regionId }) => manifestFiles(topology, regionId));
  if (out === STANDARD_OUTPUT) {
    process.stdout.write(files.map(file => `# ${file.path}\n${file.text}`).join('---\n'));
    return;
  }
  writeManifestFiles(out, files);
  const folders = regions.map(({ regionId, awsRegion }) => `${out}/region${regionId} (${awsRegion})`);
  process.stderr.write(`${files.length} files in ${folders.join(' and ')}, from ${config}\n`);
}

whenReaderLeaves(() => process.exit());
exitOnMistake(() => {
  try {
    write(program().parse().opts<Options>());
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : USAGE_ERROR;
    } else if (isFileError(error)) {
      process.stderr.write(`cannot write the manifests: ${error.message}\n`);
      process.exitCode = 1;
    } else {
      throw error;
    }
  }
});

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
