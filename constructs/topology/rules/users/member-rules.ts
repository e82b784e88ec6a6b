import type { ResolvedSettings } from '../../settings/resolved-settings';
import { errorOf, warningOf, type Problem } from '../judging/problem';

type Users = ResolvedSettings['users'];

/** An entry of a list that may have members. */
interface Holder {
  readonly setting: string;
  readonly groups?: readonly string[];
  readonly clients?: readonly string[];
  readonly mappingRules?: readonly string[];
}

/**
 * Whether groups, roles and mapping rules are there once, and their members can be.
 *
 * @internal
 */
export function memberProblems(users: Users, ownRoles: readonly string[]): Problem[] {
  const holders: Holder[] = [
    ...users.groups.map((group, i) => ({ ...group, setting: `users.groups[${i}]` })),
    ...users.roles.map((role, i) => ({ ...role, setting: `users.roles[${i}]` })),
  ];
  return [
    ...repeated(
      'user-group',
      users.groups.map(({ groupId }) => groupId),
      i => `users.groups[${i}].groupId`,
    ),
    ...repeated(
      'user-role',
      users.roles.map(({ roleId }) => roleId),
      i => `users.roles[${i}].roleId`,
    ),
    ...repeated(
      'mapping-rule',
      users.mappingRules.map(({ mappingRuleId }) => mappingRuleId),
      i => `users.mappingRules[${i}].mappingRuleId`,
    ),
    ...almostOwn(users, ownRoles),
    ...foreignGroups(users),
    ...tokensAlone(users, holders),
    ...holders.flatMap(holder => unknownMembers(users, holder)),
  ];
}

function repeated(rule: string, ids: readonly string[], settingOf: (i: number) => string): Problem[] {
  return ids.flatMap((id, i) =>
    ids.indexOf(id) === i
      ? []
      : [errorOf({ rule, setting: settingOf(i), value: id, requirement: 'must be there once', fix: 'put what both have into one entry' })],
  );
}

/** Ids that differ in capitals are different ones: such a role would be made anew, and could do nothing. */
function almostOwn({ roles }: Users, ownRoles: readonly string[]): Problem[] {
  return roles.flatMap(({ roleId }, i) => {
    const meant = ownRoles.find(own => own !== roleId && own === roleId.toLowerCase());
    if (meant === undefined) return [];
    return [
      warningOf({
        rule: 'user-role',
        setting: `users.roles[${i}].roleId`,
        value: roleId,
        requirement: `should differ from Camunda's own role '${meant}' in more than capitals: it is another role, which may do nothing yet`,
        fix: `write '${meant}' if you mean that one`,
      }),
    ];
  });
}

/** With a claim for groups, Camunda manages none. */
function foreignGroups({ groups, oidc }: Users): Problem[] {
  if (oidc?.groupsClaim === undefined || groups.length === 0) return [];
  return [
    errorOf({
      rule: 'user-group',
      setting: 'users.groups',
      value: groups.map(({ groupId }) => groupId).join(', '),
      requirement: "must be left out while 'users.oidc.groupsClaim' is given: groups are those of the token then",
      fix: "remove it, and name groups of the provider in 'users.roles' and 'users.authorizations'",
    }),
  ];
}

/** Clients and claims are known by tokens. */
function tokensAlone({ oidc, mappingRules }: Users, holders: readonly Holder[]): Problem[] {
  if (oidc) return [];
  const found: [string, readonly string[]][] = [
    ['users.mappingRules', mappingRules.map(({ mappingRuleId }) => mappingRuleId)],
    ...holders.map(({ setting, clients = [] }): [string, readonly string[]] => [`${setting}.clients`, clients]),
  ];
  return found
    .filter(([, ids]) => ids.length > 0)
    .map(([setting, ids]) =>
      errorOf({
        rule: 'users-tokens',
        setting,
        value: ids.join(', '),
        requirement: "must be left out without 'users.oidc': clients and claims are known by tokens, and users with passwords have none",
        fix: "remove it, or let users log in by 'users.oidc'",
      }),
    );
}

function unknownMembers(users: Users, { setting, groups = [], mappingRules = [] }: Holder): Problem[] {
  const rules = users.mappingRules.map(({ mappingRuleId }) => mappingRuleId);
  const own = users.groups.map(({ groupId }) => groupId);
  const isForeign = users.oidc?.groupsClaim !== undefined;
  return [
    ...mappingRules
      .filter(id => !rules.includes(id))
      .map(id => unknown(`${setting}.mappingRules`, id, "must be one of 'users.mappingRules'", 'describe the rule there')),
    ...(isForeign ? [] : groups)
      .filter(id => !own.includes(id))
      .map(id => unknown(`${setting}.groups`, id, "must be one of 'users.groups'", 'describe the group there')),
  ];
}

function unknown(setting: string, value: string, requirement: string, fix: string): Problem {
  return errorOf({ rule: 'user-member', setting, value, requirement, fix: `${fix}, or correct the id` });
}
