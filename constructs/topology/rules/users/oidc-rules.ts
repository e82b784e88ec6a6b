import { FIXED_NAMES } from '../../plan/names';
import { partsBelow } from '../../plan/owned-names';
import type { ResolvedSettings } from '../../settings/resolved-settings';
import { givenToBrokers } from '../judging/given';
import { errorOf, warningOf, type Problem } from '../judging/problem';

const OIDC_SETTINGS = 'camunda.security.authentication.oidc';

/**
 * Whether somebody can log in by the identity provider, and administer.
 *
 * @internal
 */
export function oidcProblems(settings: ResolvedSettings): Problem[] {
  return settings.users.oidc
    ? [...adminProblems(settings), ...connectorsProblems(settings), ...audienceProblems(settings)]
    : strayProblems(settings);
}

/** Who is first let in without an administrator may become it. */
function adminProblems({ users }: ResolvedSettings): Problem[] {
  const admins = users.roles.filter(({ roleId }) => roleId === FIXED_NAMES.adminRole);
  const members = admins.flatMap(({ users: names, groups, clients, mappingRules }) => [names, groups, clients, mappingRules].flat());
  if (members.some(member => member !== undefined)) return [];
  return [
    errorOf({
      rule: 'oidc-admin',
      setting: 'users.roles',
      value: users.roles.map(({ roleId }) => roleId).join(', '),
      requirement:
        "must give the role 'admin' to somebody while 'users.oidc' is given: nobody could administer Camunda, which has no users of its own then",
      fix: "add { roleId: 'admin', users: ['jane@example.com'] }, with the name that 'users.oidc.usernameClaim' has",
    }),
  ];
}

function connectorsProblems({ users, connectors }: ResolvedSettings): Problem[] {
  if (!connectors.enabled || users.oidc?.connectors) return [];
  return [
    errorOf({
      rule: 'oidc-connectors',
      setting: 'users.oidc.connectors',
      value: undefined,
      requirement: 'must be given while Connectors run: they log in as a client of the provider',
      fix: "add a client with client credentials and name it, or set 'connectors.enabled' to false",
    }),
  ];
}

function audienceProblems({ users }: ResolvedSettings): Problem[] {
  if (users.oidc === undefined || users.oidc.audiences.length > 0) return [];
  return [
    warningOf({
      rule: 'oidc-audiences',
      setting: 'users.oidc.audiences',
      value: users.oidc.audiences,
      requirement: 'should name an audience: without one, every token of the issuer is let in, also those for other applications',
      fix: 'let the provider write an audience into its access tokens, and name it; some, such as Amazon Cognito, write none by themselves',
    }),
  ];
}

/** Brokers stop where a provider is described and users log in with passwords. */
function strayProblems({ orchestration }: ResolvedSettings): Problem[] {
  return givenToBrokers(orchestration)
    .filter(({ name }) => partsBelow(name, OIDC_SETTINGS) !== undefined)
    .map(({ setting, name }) =>
      errorOf({
        rule: 'oidc-stray',
        setting,
        value: name,
        requirement: "must not be given without 'users.oidc': brokers do not start with both users of their own and a provider",
        fix: "describe the provider in 'users.oidc'; what that does not offer can stand here beside it",
      }),
    );
}
