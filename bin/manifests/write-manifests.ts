import { Topology } from '../../constructs/topology/topology';
import { busy } from '../busy';
import { printWarnings } from '../config/print-warnings';
import { readConfiguration } from '../config/read-configuration';
import { exitOnMistake, notWritten } from '../exit-on-mistake';
import { manifestFiles, writeManifestFiles } from './manifest-files';

/** Options of `manifests`. */
export interface ManifestsOptions {
  readonly config: string;
  readonly out: string;
  readonly region?: string;
}

const STANDARD_OUTPUT = '-';

/** Renders a configuration, and writes what came of it. */
export function writeManifests(options: ManifestsOptions): void {
  exitOnMistake(
    () => write(options),
    error => notWritten(error, 'the manifests', 1),
  );
}

function write({ config, out, region }: ManifestsOptions): void {
  busy(`rendering ${config}`);
  const { warnings, rendered } = readConfiguration(config);
  const { regions, files } = rendered(settings => {
    const topology = Topology.of(settings);
    const chosen = topology.regions.filter(({ regionId }) => region === undefined || region === String(regionId));
    return { regions: chosen, files: chosen.flatMap(({ regionId }) => manifestFiles(topology, regionId)) };
  });
  busy();
  printWarnings(warnings);
  if (out === STANDARD_OUTPUT) {
    process.stdout.write(files.map(file => `# ${file.path}\n${file.text}`).join('---\n'));
    return;
  }
  writeManifestFiles(out, files);
  const folders = regions.map(({ regionId, awsRegion }) => `${out}/region${regionId} (${awsRegion})`);
  process.stderr.write(`${files.length} files in ${folders.join(' and ')}, from ${config}\n`);
}
