import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { METRICS_PATH, scrapeTargets } from '../topology/plan/monitoring/scrape-targets';
import { camundaLabels, FIXED_NAMES, podLabels } from '../topology/plan/names';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';
import { alertingRules } from './alerting-rules';
import type { PodMonitorSpec } from './prometheus-operator-types';

const API_VERSION = 'monitoring.coreos.com/v1';

/** Properties of a `MonitoringChart`. */
export interface MonitoringChartProps {
  /** Both regions. */
  readonly topology: Topology;

  /** The region that the chart is for, 0 or 1. */
  readonly regionId: number;
}

/**
 * What the operator of Prometheus reads in one region: which pods serve metrics, and when to alert.
 *
 * @see Prometheus Operator, API reference: PodMonitor and PrometheusRule
 */
export class MonitoringChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId }: MonitoringChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { settings, version } = planOf(topology);
    const { namespace } = topology.regions[regionId];
    const { objectLabels, intervalSeconds } = settings.monitoring.prometheus;
    const labels = { ...camundaLabels(topology.name, 'monitoring'), ...objectLabels };

    for (const { party, name, port } of scrapeTargets(settings, version)) {
      // Pods and not Services: two Services lead to the brokers, and would have them collected twice.
      const spec: PodMonitorSpec = {
        selector: { matchLabels: { ...podLabels(topology.name, party) } },
        podMetricsEndpoints: [{ port: port.name, path: METRICS_PATH, interval: `${intervalSeconds}s` }],
      };
      new ApiObject(this, party, { apiVersion: API_VERSION, kind: 'PodMonitor', metadata: { name, namespace, labels }, spec });
    }
    new ApiObject(this, 'Alerts', {
      apiVersion: API_VERSION,
      kind: 'PrometheusRule',
      metadata: { name: FIXED_NAMES.alertRules, namespace, labels },
      spec: alertingRules(topology, regionId),
    });
  }
}
