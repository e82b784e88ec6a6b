import type { ResolvedSettings } from '../../settings/resolved-settings';
import type { CamundaVersion, NamedPort } from '../../versions/camunda-version';
import { flow, Party, PORTS, Transport, type Flow } from '../flows/flows';
import { FIXED_NAMES, kubernetesNames } from '../names';

/**
 * Pods that serve metrics.
 *
 * @internal
 */
export interface ScrapeTarget {
  readonly party: Party;
  /** Name of the object that has them collected. With the namespace it makes the label `job` of their series. */
  readonly name: string;
  readonly port: NamedPort;
}

/** `@see` Camunda 8 docs, metrics; Connectors serve the same path */
export const METRICS_PATH = '/actuator/prometheus';

/**
 * The pods of a version that serve metrics, the brokers first. Workloads of a migration are there for hours: nobody collects theirs.
 *
 * @internal
 */
export function scrapeTargets({ name, connectors }: ResolvedSettings, { orchestration, components }: CamundaVersion): ScrapeTarget[] {
  const names = kubernetesNames(name);
  const application: NamedPort = { name: FIXED_NAMES.applicationManagementPort, port: PORTS.management };
  return [
    { party: Party.ORCHESTRATION, name: names.zeebe, port: managementPort(orchestration.ports) },
    ...(components
      ? [
          { party: Party.GATEWAY, name: names.zeebeGateway, port: managementPort(components.gateway.ports) },
          { party: Party.OPERATE, name: names.operate, port: application },
          { party: Party.TASKLIST, name: names.tasklist, port: application },
        ]
      : []),
    ...(connectors.enabled
      ? [{ party: Party.CONNECTORS, name: names.connectors, port: { name: FIXED_NAMES.connectorsPort, port: PORTS.rest } }]
      : []),
  ];
}

/**
 * What Prometheus needs: the ports of metrics, within its own region.
 *
 * @internal
 */
export function collectorFlows(settings: ResolvedSettings, version: CamundaVersion): Flow[] {
  if (!settings.monitoring.enabled) return [];
  return scrapeTargets(settings, version).map(({ party, port }) =>
    flow(Party.COLLECTOR, party, port.port, Transport.TCP, false, 'metrics for Prometheus'),
  );
}

function managementPort(ports: readonly NamedPort[]): NamedPort {
  const port = ports.find(one => one.port === PORTS.management);
  if (!port) throw new Error(`no port has the number ${PORTS.management}`);
  return port;
}
