import { namesSecret, refersToSecret } from '../plan/owned-names';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping } from '../settings/rows/value-kinds';
import { errorOf, type Problem } from './judging/problem';

/**
 * What exporters of the user must be together, and what must not stand in clear text.
 *
 * @internal
 */
export function furtherExporterProblems({ orchestration }: ResolvedSettings): Problem[] {
  const exporters: unknown = orchestration.exporters;
  if (!Array.isArray(exporters)) return [];
  const ids = new Set<unknown>();
  return exporters.flatMap((exporter: unknown, i) => {
    if (!isMapping(exporter)) return [];
    const at = `orchestration.exporters[${i}]`;
    const isKnown = ids.has(exporter.exporterId);
    ids.add(exporter.exporterId);
    return [...(isKnown ? [twice(at, exporter.exporterId)] : []), ...argumentProblems(`${at}.arguments`, exporter.arguments)];
  });
}

function twice(at: string, value: unknown): Problem {
  return errorOf({
    rule: 'exporter-twice',
    setting: `${at}.exporterId`,
    value,
    requirement: 'must be given to one exporter only',
    fix: 'give each exporter an id of its own',
  });
}

function argumentProblems(at: string, given: unknown): Problem[] {
  if (!isMapping(given)) return [];
  return Object.entries(given).flatMap(([path, value]) => {
    if (typeof value === 'string' && namesSecret(path) && !refersToSecret(value)) {
      return [
        errorOf({
          rule: 'clear-text-secret',
          setting: `${at}.${path}`,
          value: `a string for ${path}`,
          requirement: 'must not be in clear text, since its name speaks of a password, a token or a key',
          fix: "write a placeholder such as '${KAFKA_PASSWORD}', and give that variable a secretName and a secretKey in 'orchestration.pod.environment'",
        }),
      ];
    }
    const above = Object.keys(given).find(other => path.startsWith(`${other}.`));
    if (above === undefined) return [];
    return [
      errorOf({
        rule: 'exporter-argument',
        setting: `${at}.${path}`,
        value,
        requirement: `must not lie below '${above}', which has a value itself`,
        fix: 'remove one of both',
      }),
    ];
  });
}
