import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ProblemSeverity } from '../../constructs/topology/rules/judging/problem';
import { problemsOf } from '../../constructs/topology/rules/rules';
import type { UsersSettings } from '../../constructs/topology/settings/users/users';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { unknownProperties } from '../support/findings/security-properties';
import { fencesIn } from '../support/markdown';
import { withSettings } from '../support/settings/changed-settings';
import { ofVersion, VERSIONS, WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';

const PAGE = readFileSync('docs/users.md', 'utf8');
const examples = fencesIn(PAGE).flatMap(({ language, text, line }): [number, UsersSettings][] => {
  const users = language === 'yaml' ? (parse(text) as { readonly users?: UsersSettings }).users : undefined;
  return users ? [[line, users]] : [];
});
const known = VERSIONS.filter(version => CAMUNDA_VERSIONS[version].users);

describe.each(known)('with %s', version => {
  test.each(examples)('the example in line %i follows the rules, and tells brokers what the version documents alone', (_line, users) => {
    const settings = withSettings({ ...ofVersion(version), users });
    const problems = problemsOf(settings, WHEN_ALL_WERE_SUPPORTED);
    expect(problems.filter(({ severity }) => severity === ProblemSeverity.ERROR)).toEqual([]);
    expect(unknownProperties(settings)).toEqual([]);
  });
});

test('there are examples with users of Camunda, and with three providers', () => {
  expect(examples.map(([, { oidc }]) => oidc !== undefined)).toEqual([false, true, true, true]);
});

test('the page says of each version whether its brokers start without the provider, and which patches make groups', () => {
  const row = (version: string): string => PAGE.split('\n').find(line => line.startsWith(`| ${version} |`)) ?? '';
  for (const version of VERSIONS) {
    const runtime = CAMUNDA_VERSIONS[version].users;
    expect([version, row(version).includes('nothing of this')]).toEqual([version, runtime === undefined]);
    if (!runtime) continue;
    expect([version, row(version).includes('Brokers start without the provider')]).toEqual([version, runtime.startsWithoutProvider]);
    expect(row(version).includes(`from ${version}.${runtime.oldestPatch} on`)).toBe(runtime.oldestPatch > 0);
    expect(PAGE).toContain(`read on ${runtime.seen}`);
  }
});

test('the page names the roles that Camunda has by itself', () => {
  const { roles } = CAMUNDA_VERSIONS['8.10'].users!;
  for (const role of roles) expect(PAGE).toContain(`\`${role}\``);
});
