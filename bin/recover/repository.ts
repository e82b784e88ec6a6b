import type { RecoveryRegion, SnapshotRepository } from '../../constructs/topology/plan/recovery/recovery-topology';
import { ACCOUNT_PLACEHOLDER } from '../../constructs/topology/plan/storage/snapshot-storage';
import { RecoveryStop } from '../../lib/recovery/stop';
import { UsageError } from './exit-code';

export interface RepositoryOptions {
  readonly repositoryType?: string;
  readonly repositorySetting?: string[];
}

const DEFAULT_TYPE = 's3';

/**
 * Where the snapshot goes: what the deployment says of the surviving region, with what the options say instead. Of a repository
 * of another kind, no setting can be the same.
 */
export function repositoryOf({ regionId, snapshotRepository }: RecoveryRegion, options: RepositoryOptions): SnapshotRepository {
  const described = snapshotRepository ?? { type: DEFAULT_TYPE, settings: {} };
  const { repositoryType: type = described.type, repositorySetting = [] } = options;
  const settings = { ...(type === described.type ? described.settings : {}), ...named(repositorySetting) };
  if (Object.keys(settings).length === 0) {
    throw new UsageError(
      `the deployment does not say where region ${regionId} keeps snapshots; name the bucket, as in --repository-setting bucket=NAME --repository-setting base_path=failback`,
    );
  }
  for (const [name, value] of Object.entries(settings)) {
    if (!value.includes(ACCOUNT_PLACEHOLDER)) continue;
    throw new RecoveryStop(
      'refused',
      `the AWS account is missing in the description of the deployment: '${name}' of the snapshot repository is '${value}'`,
      `apply the manifests with the account in its place (npm run --silent manifests -- --out - | envsubst '$AWS_ACCOUNT_ID'), or give it as --repository-setting ${name}=NAME`,
    );
  }
  return { type, settings };
}

function named(list: readonly string[]): { readonly [name: string]: string } {
  const settings = list.map(settingOf);
  const [twice] = settings.find(([name], i) => settings.findIndex(([other]) => other === name) !== i) ?? [];
  if (twice !== undefined) throw new UsageError(`--repository-setting says twice what '${twice}' is`);
  return Object.fromEntries(settings);
}

function settingOf(setting: string): [string, string] {
  const at = setting.indexOf('=');
  if (at < 1) throw new UsageError(`--repository-setting is like name=value, got '${setting}'`);
  return [setting.slice(0, at), setting.slice(at + 1)];
}
