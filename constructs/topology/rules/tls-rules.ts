import type { ResolvedSettings } from '../settings/resolved-settings';
import { CAMUNDA_VERSIONS } from '../versions/camunda-versions';
import { errorOf, type Problem } from './judging/problem';
import { isKnownVersion } from './versions/version-rules';

/** @internal */
export function tlsProblems({ tls, camunda }: ResolvedSettings): Problem[] {
  // What is no switch has its own problem.
  if (tls.betweenBrokers !== true || typeof tls.enabled !== 'boolean' || !isKnownVersion(camunda.version)) return [];
  if (!tls.enabled) {
    return brokerProblem({ rule: 'tls-brokers', requirement: 'must not be true while tls.enabled is false', fix: 'remove one of them' });
  }
  const { migration, tls: names } = CAMUNDA_VERSIONS[camunda.version];
  if (!names.betweenBrokers) {
    return brokerProblem({
      rule: 'tls-brokers',
      requirement: `must not be true with version ${camunda.version}`,
      fix: 'remove it: pods join by addresses there, which no certificate can name',
    });
  }
  if (camunda.migratingFrom === undefined || camunda.migratingFrom !== migration?.from) return [];
  return brokerProblem({
    rule: 'tls-migration',
    requirement: `must be false while data of ${migration.from} is taken over: brokers of both versions must talk to each other`,
    fix: "write 'betweenBrokers: false', and leave it there afterwards: it can only be changed while every broker is stopped",
  });
}

function brokerProblem(problem: { readonly rule: string; readonly requirement: string; readonly fix: string }): Problem[] {
  return [errorOf({ ...problem, setting: 'tls.betweenBrokers', value: true })];
}
