import { CLEAR_TEXT, isClearText } from '../plan/clear-text';
import { Party, PORTS } from '../plan/flows/flows';
import { FIXED_NAMES } from '../plan/names';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isMapping } from '../settings/rows/value-kinds';
import { areInS3 } from '../settings/storage/documents';
import { errorOf, warningOf, type Problem } from './judging/problem';
import { leadsOut, wayOut } from './judging/way-out';

/**
 * What exporters of the user must be together, and what must not stand in clear text.
 *
 * @internal
 */
export function furtherExporterProblems(settings: ResolvedSettings): Problem[] {
  const exporters: unknown = settings.orchestration.exporters;
  if (!Array.isArray(exporters)) return [];
  const ids = new Set<unknown>();
  return exporters.flatMap((exporter: unknown, i) => {
    if (!isMapping(exporter)) return [];
    const at = `orchestration.exporters[${i}]`;
    const isKnown = ids.has(exporter.exporterId);
    ids.add(exporter.exporterId);
    return [
      ...(isKnown ? [twice(at, exporter.exporterId)] : []),
      ...argumentProblems(`${at}.arguments`, exporter.arguments),
      ...wayProblems(`${at}.arguments`, exporter.arguments, settings),
    ];
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
    if (typeof value === 'string' && isClearText(path, value)) {
      return [
        errorOf({
          rule: 'clear-text-secret',
          setting: `${at}.${path}`,
          value: `a string for ${path}`,
          requirement: CLEAR_TEXT,
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

/** A server with a port, or with the port of its protocol. */
const SERVER = /(?:\b(https?):\/\/)?([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)\.?(?::(\d{1,5}))?(?![\w.-])/gi;
const PORT_OF: Readonly<Record<string, number>> = { http: 80, https: PORTS.https };

/** An exporter that does not reach its server holds up all others. */
function wayProblems(at: string, given: unknown, settings: ResolvedSettings): Problem[] {
  if (!isMapping(given)) return [];
  return Object.entries(given).flatMap(([path, value]) => {
    const servers = typeof value === 'string' ? [...value.matchAll(SERVER)] : [];
    const shut = servers.flatMap(([server, protocol, host, written]) => {
      const port = written === undefined ? PORT_OF[protocol?.toLowerCase() ?? ''] : Number(written);
      return port === undefined || isReached(host, port, settings) ? [] : [{ server, port }];
    });
    if (shut.length === 0) return [];
    const [{ server, port }] = shut;
    return [
      warningOf({
        rule: 'exporter-flow',
        setting: `${at}.${path}`,
        value: server,
        requirement: `should be reached by brokers: network policies let them out to no port ${port}, and an exporter that does not reach its server holds up all others`,
        fix: `add ${wayOut([Party.ORCHESTRATION], port, 'records')} to 'extraFlows', with the range or namespace of the server`,
      }),
    ];
  });
}

/** Brokers reach Elasticsearch here, and with documents in S3 or a login by an identity provider the web. */
function isReached(host: string, port: number, settings: ResolvedSettings): boolean {
  if (port === PORTS.elasticsearch && host.startsWith(`${FIXED_NAMES.elasticsearchNodes}.`)) return true;
  if (port === PORTS.https && (settings.users.oidc !== undefined || areInS3(settings.documents))) return true;
  return leadsOut(settings, Party.ORCHESTRATION, port);
}
