import type { ResolvedSettings } from '../../settings/resolved-settings';
import { isMapping } from '../../settings/rows/value-kinds';
import { CAMUNDA_VERSIONS } from '../../versions/camunda-versions';
import type { UsersRuntime } from '../../versions/users/users-runtime';
import type { Judged } from '../judging/judged';
import { errorOf, type Problem } from '../judging/problem';
import { isKnownVersion } from '../versions/version-rules';
import { authorizationProblems } from './authorization-rules';
import { memberProblems } from './member-rules';
import { oidcProblems } from './oidc-rules';
import { providerProblems } from './provider-rules';

const LISTS = ['groups', 'roles', 'mappingRules', 'authorizations'] as const;

/**
 * Whether users can be told what they are told, and somebody can log in.
 *
 * @internal
 */
export function userProblems(settings: ResolvedSettings, _today: Date, { single, given }: Judged): Problem[] {
  const { camunda, users } = settings;
  // While a value is wrong, it has its own problem.
  if (!isKnownVersion(camunda.version) || single.some(({ setting }) => setting.split(/[.[]/)[0] === 'users')) return [];
  const runtime = CAMUNDA_VERSIONS[camunda.version].users;
  if (runtime === undefined) return oldVersionProblems(given.users, camunda.version);
  return [
    ...patchProblems(settings, runtime),
    ...migrationProblems(settings),
    ...memberProblems(users, runtime.roles),
    ...authorizationProblems(users, runtime, camunda.version),
    ...oidcProblems(settings),
    ...providerProblems(settings),
  ];
}

function oldVersionProblems(given: unknown, version: string): Problem[] {
  if (!isMapping(given)) return [];
  const written = Object.keys(given).filter(key => given[key] !== undefined);
  if (written.length === 0) return [];
  return [
    errorOf({
      rule: 'users-version',
      setting: 'users',
      value: written.join(', '),
      requirement: `must not be given with Camunda ${version}: Operate and Tasklist have users of their own there, and a login by others takes Management Identity, which Camunda does not run over two regions`,
      fix: 'leave it out, or upgrade to 8.8',
    }),
  ];
}

/** Patches before know mapping rules and members of their own roles alone. */
function patchProblems({ camunda, users, images, regions }: ResolvedSettings, { oldestPatch }: UsersRuntime): Problem[] {
  const used = LISTS.filter(list => list !== 'mappingRules' && users[list].length > 0);
  if (used.length === 0) return [];
  const tags: [string, unknown][] = [
    ['images.camundaTag', images.camundaTag],
    ...regions.map(({ camundaPatch }, i): [string, unknown] => [`regions[${i}].camundaPatch`, camundaPatch]),
  ];
  return tags.flatMap(([setting, tag]) => {
    const patch = typeof tag === 'string' ? Number(tag.split(/[.-]/)[2] ?? NaN) : NaN;
    if (Number.isNaN(patch) || patch >= oldestPatch) return [];
    return [
      errorOf({
        rule: 'users-patch',
        setting,
        value: tag,
        requirement: `must be ${camunda.version}.${oldestPatch} or newer while 'users.${used[0]}' is given: older patches would make none, and say nothing`,
        fix: 'take a newer patch, or make them in Camunda',
      }),
    ];
  });
}

/** The importer and the Job log in as nobody: what they do with a provider is not known. */
function migrationProblems({ camunda, users }: ResolvedSettings): Problem[] {
  if (users.oidc === undefined || camunda.migratingFrom === undefined) return [];
  return [
    errorOf({
      rule: 'oidc-migration',
      setting: 'users.oidc',
      value: users.oidc.issuerUri,
      requirement: "must not be given together with 'camunda.migratingFrom'",
      fix: 'take the data over first, then change the login',
    }),
  ];
}
