import { exporterArgument, insteadOfUnread, ownedArgument, spelledArgument, type ExporterArgument } from '../../plan/exporter-arguments';
import { canonicalName, variableOf } from '../../plan/owned-names';
import type { ResolvedSettings } from '../../settings/resolved-settings';
import { CAMUNDA_VERSIONS, exporterKindsOf } from '../../versions/camunda-versions';
import { givenToBrokers, type Given } from '../judging/given';
import { errorOf, warningOf, type Problem } from '../judging/problem';
import { isKnownVersion } from '../versions/version-rules';

/**
 * What is wrong with a setting or a variable of brokers that is about exporters, which is nothing where the argument is free.
 * Undefined if it is about anything else.
 *
 * @internal
 */
export function exporterSettingProblems(given: Given, { camunda }: ResolvedSettings): Problem[] | undefined {
  if (!isKnownVersion(camunda.version)) return undefined;
  const version = CAMUNDA_VERSIONS[camunda.version];
  const argument = exporterArgument(given.name, version, exporterKindsOf(version, camunda.migratingFrom));
  if (argument) return argumentProblems(given, argument);
  const instead = insteadOfUnread(given.name, version);
  return instead === undefined ? undefined : [unreadProblem(given, instead)];
}

function argumentProblems({ setting, value }: Given, { kind, argument }: ExporterArgument): Problem[] {
  const owned = ownedArgument(kind, argument);
  if (owned) {
    const requirement = `must not replace '${owned.owner}' of an exporter, which this library sets itself`;
    const fix =
      owned.setting === undefined
        ? 'remove it: both exporters get what this library writes there'
        : `use '${owned.setting}', which both are told`;
    return [errorOf({ rule: 'exporter-owned', setting, value, requirement, fix })];
  }
  const { spelling, isDivided } = spelledArgument(kind, argument);
  if (isDivided) {
    const requirement = `must not divide '${spelling}', which exporters know: each '_' or dot begins another name`;
    const fix = `write it as '${spelling}', and in a variable as '${variableOf(spelling)}'`;
    return [errorOf({ rule: 'exporter-argument', setting, value, requirement, fix })];
  }
  if (!argument.includes('-')) return [];
  const requirement = 'must have no hyphen in what exporters are told: they would not know it';
  return [errorOf({ rule: 'exporter-argument', setting, value, requirement, fix: "write it as 'delayBetweenRuns' is written" })];
}

function unreadProblem({ setting, value }: Given, fix: string): Problem {
  return errorOf({
    rule: 'exporter-unread',
    setting,
    value,
    requirement: 'must not be given: Camunda reads it for an exporter that configures itself, and neither of both here does',
    fix,
  });
}

/**
 * Exporters that are told different things keep different histories, which no failback puts right.
 *
 * @internal
 */
export function exporterDifferenceProblems({ camunda, orchestration }: ResolvedSettings): Problem[] {
  if (!isKnownVersion(camunda.version)) return [];
  const version = CAMUNDA_VERSIONS[camunda.version];
  const told = givenToBrokers(orchestration).flatMap(given => {
    const argument = exporterArgument(given.name, version, exporterKindsOf(version, camunda.migratingFrom));
    return argument && argumentProblems(given, argument).length === 0 ? [{ ...given, ...argument }] : [];
  });
  return told.flatMap(one => {
    const isSame = told.some(
      other =>
        other.exporterId !== one.exporterId &&
        other.kind === one.kind &&
        canonicalName(other.argument) === canonicalName(one.argument) &&
        other.value === one.value,
    );
    return isSame ? [] : [differenceProblem(one)];
  });
}

function differenceProblem({ setting, value, kind, argument }: Given & ExporterArgument): Problem {
  return warningOf({
    rule: 'exporter-difference',
    setting,
    value,
    requirement: `should be told to the exporters of both regions alike: '${spelledArgument(kind, argument).spelling}' has no equal in the other one, and the regions would keep different histories`,
    fix: 'give both the same value',
  });
}
