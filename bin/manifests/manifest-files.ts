import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Yaml } from 'cdk8s';
import type { Topology } from '../../constructs/topology/topology';
import { regionManifests } from '../../lib/region-manifests';

/** One file of manifests. */
export interface ManifestFile {
  /** Below the output folder, for example `region0/00-foundation.yaml`. */
  readonly path: string;
  /** YAML documents. */
  readonly text: string;
}

/** What an earlier run may have left. Nothing else is ever removed. */
const OWN_FILE = /^\d\d-[a-z-]+\.yaml$/;

/** The manifests of a region, one file per group. */
export function manifestFiles(topology: Topology, regionId: number): ManifestFile[] {
  return regionManifests(topology, regionId).map(({ name, objects }) => ({
    path: `region${regionId}/${name}.yaml`,
    text: Yaml.stringify(...objects),
  }));
}

/** Writes the files, and removes those of earlier runs that are no longer made: they would be applied with the others. */
export function writeManifestFiles(folder: string, files: readonly ManifestFile[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file.path)), { recursive: true });
    writeFileSync(join(folder, file.path), file.text);
  }
  const written = new Set(files.map(file => file.path));
  for (const region of new Set(files.map(file => dirname(file.path)))) {
    for (const name of readdirSync(join(folder, region))) {
      if (OWN_FILE.test(name) && !written.has(`${region}/${name}`)) rmSync(join(folder, region, name));
    }
  }
}
