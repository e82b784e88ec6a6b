import { OWNED_VARIABLES } from '../plan/owned-settings';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping } from '../settings/rows/value-kinds';
import { warningOf, type Problem } from './judging/problem';

/** A reference without a default: what names no variable stays what it is, or ends the start. */
const REFERENCE = /\$\{([A-Z][A-Z0-9_]*)\}/g;

/** Variables that brokers have from this library. */
const OWN_PREFIX = /^(K8S|VALUES)_/;

/**
 * Whether brokers have the variables that their settings and exporters refer to.
 *
 * @internal
 */
export function variableProblems({ orchestration }: ResolvedSettings): Problem[] {
  const {
    exporters,
    pod,
  }: { readonly exporters: unknown; readonly pod: { readonly configuration: unknown; readonly environment: unknown } } = orchestration;
  const known = new Set<unknown>([...OWNED_VARIABLES, ...listOf(pod.environment).map(variable => isMapping(variable) && variable.name)]);
  const texts = [
    ...entriesOf('orchestration.pod.configuration', pod.configuration),
    ...listOf(exporters).flatMap((exporter, i) =>
      isMapping(exporter) ? entriesOf(`orchestration.exporters[${i}].arguments`, exporter.arguments) : [],
    ),
  ];
  return texts.flatMap(({ setting, text }) => {
    const name = [...text.matchAll(REFERENCE)].map(([, found]) => found).find(found => !known.has(found) && !OWN_PREFIX.test(found));
    if (name === undefined) return [];
    return [
      warningOf({
        rule: 'variable-unknown',
        setting,
        value: `\${${name}}`,
        requirement: 'should name a variable that brokers have: nothing else would take its place',
        fix: `add { name: '${name}', secretName: ..., secretKey: ... } to 'orchestration.pod.environment', or correct the name`,
      }),
    ];
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function entriesOf(at: string, value: unknown): { readonly setting: string; readonly text: string }[] {
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([path, text]) => (typeof text === 'string' ? [{ setting: `${at}.${path}`, text }] : []));
}
