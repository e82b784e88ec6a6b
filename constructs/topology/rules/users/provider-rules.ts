import { cidrContains, parseCidr } from '../../plan/cidr';
import { Party, PORTS } from '../../plan/flows/flows';
import type { ResolvedSettings } from '../../settings/resolved-settings';
import { errorOf, warningOf, type Problem } from '../judging/problem';
import { leadsOut, wayOut } from '../judging/way-out';

type Oidc = NonNullable<ResolvedSettings['users']['oidc']>;

const NAMES: Readonly<Partial<Record<Party, string>>> = { [Party.ORCHESTRATION]: 'brokers', [Party.CONNECTORS]: 'Connectors' };

/** Without it, a provider writes no token that says who the user is. `@see` OpenID Connect Core 1.0, 3.1.2.1 */
const OPENID = 'openid';

/**
 * Whether tokens of an identity provider can say who somebody is, and brokers and Connectors get to it.
 *
 * @internal
 */
export function providerProblems(settings: ResolvedSettings): Problem[] {
  const { oidc } = settings.users;
  return oidc === undefined ? [] : [...scopeProblems(oidc), ...claimProblems(oidc), ...wayProblems(oidc, settings)];
}

function scopeProblems({ scopes }: Oidc): Problem[] {
  if (scopes.includes(OPENID)) return [];
  return [
    errorOf({
      rule: 'oidc-scopes',
      setting: 'users.oidc.scopes',
      value: scopes,
      requirement: `must name '${OPENID}': without it a provider does not say who has logged in`,
      fix: `add '${OPENID}', or leave the scopes out`,
    }),
  ];
}

function claimProblems({ usernameClaim, clientIdClaim, preferUsernameClaim }: Oidc): Problem[] {
  if (usernameClaim !== clientIdClaim) return [];
  const [all, none] = preferUsernameClaim ? ['a user', 'a client'] : ['a client', 'a user'];
  return [
    errorOf({
      rule: 'oidc-claims',
      setting: 'users.oidc.clientIdClaim',
      value: clientIdClaim,
      requirement: `must be another claim than that of users: every token would be that of ${all}, and none that of ${none}`,
      fix: "name a claim that only programs have, or one of each kind with 'users.oidc.preferUsernameClaim': docs/users.md has examples",
    }),
  ];
}

/** Brokers do not start without the provider up to 8.9, and nobody logs in. */
function wayProblems(oidc: Oidc, settings: ResolvedSettings): Problem[] {
  const readers = {
    issuerUri: [Party.ORCHESTRATION],
    tokenUri: [Party.ORCHESTRATION, ...(settings.connectors.enabled ? [Party.CONNECTORS] : [])],
  } as const;
  return (['issuerUri', 'tokenUri'] as const).flatMap(key => {
    const [, host, written = String(PORTS.https)] = /^https:\/\/([^/:]+)(?::(\d+))?/.exec(oidc[key]) ?? [];
    const port = Number(written);
    if (port === PORTS.https && !isInside(host, settings)) return [];
    const shut = readers[key].filter(party => !leadsOut(settings, party, port));
    if (shut.length === 0) return [];
    return [
      warningOf({
        rule: 'oidc-flow',
        setting: `users.oidc.${key}`,
        value: oidc[key],
        requirement: `should be reached by ${shut.map(party => NAMES[party]).join(' and ')}: network policies let them out to port ${PORTS.https} of addresses outside of the clusters, and to no other place`,
        fix: `add ${wayOut(shut, port, 'identity provider')} to 'extraFlows', with the range or namespace of the provider`,
      }),
    ];
  });
}

/** A Service, or an address that network policies leave out of what is outside. */
function isInside(host: string, { regions }: ResolvedSettings): boolean {
  if (/\.svc(\.cluster\.local)?\.?$/.test(host)) return true;
  const address = parseCidr(`${host}/32`);
  const own = regions.flatMap(({ vpcCidr, serviceCidr }) => [parseCidr(vpcCidr), parseCidr(serviceCidr)]);
  return address !== undefined && own.some(range => range !== undefined && cidrContains(range, address));
}
