import type { ResolvedSettings } from '../../settings/resolved-settings';
import type { UsersRuntime } from '../../versions/users/users-runtime';
import { errorOf, type Problem } from '../judging/problem';

type Users = ResolvedSettings['users'];
type Authorization = Users['authorizations'][number];

const RULE = 'authorization';

/**
 * Whether a version knows what is permitted: brokers stop at anything else when they set users up, and make none of them.
 *
 * @internal
 */
export function authorizationProblems(users: Users, runtime: UsersRuntime, version: string): Problem[] {
  return users.authorizations.flatMap((authorization, i) => {
    const setting = `users.authorizations[${i}]`;
    return [
      ...permissionProblems(authorization, setting, runtime, version),
      ...ownerProblems(authorization, setting, users, runtime),
      ...repeatedProblems(authorization, setting, users.authorizations.slice(0, i)),
    ];
  });
}

function permissionProblems(
  { resourceType, permissions }: Authorization,
  setting: string,
  { permissions: known }: UsersRuntime,
  version: string,
): Problem[] {
  if (!Object.hasOwn(known, resourceType)) {
    return [
      errorOf({
        rule: RULE,
        setting: `${setting}.resourceType`,
        value: resourceType,
        requirement: `must be a kind of resource that Camunda ${version} knows: ${Object.keys(known).join(', ')}`,
        fix: 'choose one of them',
      }),
    ];
  }
  const allowed = known[resourceType];
  const unknown = permissions.filter(permission => !allowed.includes(permission));
  if (unknown.length === 0 && permissions.length > 0) return [];
  return [
    errorOf({
      rule: RULE,
      setting: `${setting}.permissions`,
      value: unknown.length > 0 ? unknown.join(', ') : permissions,
      requirement: `must be some of those that Camunda ${version} has for ${resourceType}: ${allowed.join(', ')}`,
      fix: 'choose one or several of them',
    }),
  ];
}

/** Camunda makes none where the owner has one for the resource. */
function repeatedProblems(authorization: Authorization, setting: string, earlier: readonly Authorization[]): Problem[] {
  const keys = ['ownerType', 'ownerId', 'resourceType', 'resourceId'] as const;
  const { ownerType, ownerId, resourceType, resourceId } = authorization;
  if (!earlier.some(other => keys.every(key => other[key] === authorization[key]))) return [];
  return [
    errorOf({
      rule: RULE,
      setting,
      value: `${ownerType} ${ownerId}, ${resourceType} ${resourceId}`,
      requirement: 'must be there once for an owner and a resource: Camunda makes the first one only',
      fix: 'put the permissions of both into one entry',
    }),
  ];
}

/** Camunda makes no authorization of an owner that it does not know, clients aside. */
function ownerProblems({ ownerType, ownerId }: Authorization, setting: string, users: Users, { roles }: UsersRuntime): Problem[] {
  const at = `${setting}.ownerId`;
  if (ownerType === 'CLIENT' && users.oidc === undefined) {
    return [
      ownerProblem(at, ownerId, "must be no client without 'users.oidc': clients are known by their tokens", 'authorize a user or a group'),
    ];
  }
  const known: Readonly<Record<string, { readonly ids: readonly string[]; readonly setting: string } | undefined>> = {
    ROLE: { ids: [...roles, ...users.roles.map(({ roleId }) => roleId)], setting: 'users.roles' },
    MAPPING_RULE: { ids: users.mappingRules.map(({ mappingRuleId }) => mappingRuleId), setting: 'users.mappingRules' },
    GROUP: users.oidc?.groupsClaim === undefined ? { ids: users.groups.map(({ groupId }) => groupId), setting: 'users.groups' } : undefined,
  };
  const place = known[ownerType];
  if (place === undefined || place.ids.includes(ownerId)) return [];
  return [ownerProblem(at, ownerId, `must be one of '${place.setting}'`, 'describe it there, or correct the id')];
}

function ownerProblem(setting: string, value: string, requirement: string, fix: string): Problem {
  return errorOf({ rule: 'user-member', setting, value, requirement, fix });
}
