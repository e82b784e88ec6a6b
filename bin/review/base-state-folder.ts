import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { ResolvedSettings } from '../../constructs/topology/settings/resolved-settings';
import { STATE_SCHEMA_VERSION, type DeploymentState, type StateTopology } from '../../lib/review/changes/deployment-state';
import type { CloudFormationTemplate } from '../../lib/review/template';
import { BaseError } from './base-error';

/** Below the output folder of a review. */
export const STATE_FOLDER = 'state';
const INDEX = 'state.json';
const KIND = 'camunda-dual-region-state';
const CONFIGURATION = 'configuration.yaml';
const ANEW = 'write the state anew with a review of the base';

const file = z.string().regex(/^(templates|manifests\/region[01])\/[\w-]+\.json$/);
/** As much of an index as tells a file that was cut or edited from one that this program has written. */
const WHOLE = z.object({
  libraryVersion: z.string(),
  settings: z.object({
    name: z.string(),
    regions: z.array(z.object({ namespace: z.string() })).length(2),
    camunda: z.object({ version: z.string() }),
  }),
  topology: z.object({ brokers: z.array(z.unknown()), flows: z.array(z.unknown()), forwarderAddresses: z.array(z.unknown()) }),
  stacks: z.array(z.object({ stackRole: z.string(), stackName: z.string(), awsRegion: z.string(), file })),
  manifests: z.array(z.array(z.object({ name: z.string(), file }))).length(2),
});

/** What `state.json` says. Everything large is in files of its own, which a reader may compare by eye. */
interface StateIndex {
  readonly kind: string;
  readonly schemaVersion: number;
  readonly libraryVersion: string;
  readonly settings: ResolvedSettings;
  readonly topology: StateTopology;
  readonly stacks: readonly { readonly stackRole: string; readonly stackName: string; readonly awsRegion: string; readonly file: string }[];
  readonly manifests: readonly (readonly { readonly name: string; readonly file: string }[])[];
}

/** Writes a state below a folder, for later reviews to compare with. What an earlier review left there is removed. */
export function writeState(out: string, state: DeploymentState, configuration: string): string {
  const folder = join(out, STATE_FOLDER);
  rmSync(folder, { recursive: true, force: true });
  const write = (file: string, text: string): string => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
    return file;
  };
  const json = (file: string, value: unknown): string => write(file, `${JSON.stringify(value, null, 2)}\n`);
  const { schemaVersion, libraryVersion, settings, topology } = state;
  const index: StateIndex = {
    kind: KIND,
    schemaVersion,
    libraryVersion,
    settings,
    topology,
    stacks: state.stacks.map(({ stackRole, stackName, awsRegion, template }) => ({
      stackRole,
      stackName,
      awsRegion,
      file: json(`templates/${stackRole}.json`, template),
    })),
    manifests: state.manifests.map((groups, regionId) =>
      groups.map(({ name, objects }) => ({ name, file: json(`manifests/region${regionId}/${name}.json`, objects) })),
    ),
  };
  write(CONFIGURATION, configuration);
  json(INDEX, index);
  return folder;
}

/** Reads a state that an earlier review has written, from its output folder or from the folder of the state itself. */
export function readState(path: string): DeploymentState {
  const [folder, index] = [path, join(path, STATE_FOLDER)]
    .map((candidate): [string, Partial<StateIndex> | undefined] => [candidate, indexIn(candidate)])
    .find(([, found]) => found !== undefined) ?? [path, undefined];
  if (index === undefined) {
    throw new BaseError(
      `'${path}' holds no ${STATE_FOLDER}/${INDEX}`,
      "name the --out folder of an earlier 'review', or write a branch of that name as 'refs/heads/NAME'",
    );
  }
  if (index.kind !== KIND) {
    throw new BaseError(
      `'${join(folder, INDEX)}' is of another kind, ${JSON.stringify(index.kind)}`,
      `name a folder that a review has written ("${KIND}")`,
    );
  }
  if (index.schemaVersion !== STATE_SCHEMA_VERSION) {
    throw new BaseError(
      `'${folder}' is a state of version ${JSON.stringify(index.schemaVersion)}, written by version ${JSON.stringify(index.libraryVersion)} of this library; this one reads version ${STATE_SCHEMA_VERSION}`,
      'review the base with this version of the library, or name a git ref',
    );
  }
  const { success, error } = WHOLE.safeParse(index);
  if (!success) {
    throw new BaseError(`'${join(folder, INDEX)}' is not whole: ${z.prettifyError(error).replaceAll('\n', ' ')}`, ANEW);
  }
  const { schemaVersion, libraryVersion, settings, topology, stacks, manifests } = index as StateIndex;
  return {
    schemaVersion,
    libraryVersion,
    settings,
    topology,
    stacks: stacks.map(({ stackRole, stackName, awsRegion, file }) => ({
      stackRole,
      stackName,
      awsRegion,
      template: jsonIn(join(folder, file)) as CloudFormationTemplate,
    })),
    manifests: manifests.map(groups =>
      groups.map(({ name, file }) => ({ name, objects: jsonIn(join(folder, file)) as Record<string, unknown>[] })),
    ),
  };
}

function indexIn(folder: string): Partial<StateIndex> | undefined {
  const path = join(folder, INDEX);
  try {
    readFileSync(path);
  } catch {
    return undefined;
  }
  const index = jsonIn(path);
  return typeof index === 'object' && index !== null ? index : {};
}

function jsonIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BaseError(`'${path}' cannot be read: ${reason}`, ANEW);
  }
}
