import type { ResolvedSettings } from '../../settings/resolved-settings';
import { isMapping } from '../../settings/rows/value-kinds';
import type { Judged } from '../judging/judged';
import { errorOf, warningOf, type Problem } from '../judging/problem';

/**
 * Whom the ports of metrics are opened to, and what must be in the clusters.
 *
 * @internal
 */
export function monitoringProblems({ monitoring, regions }: ResolvedSettings, _today: Date, { single }: Judged): Problem[] {
  if (monitoring.enabled !== true || single.some(({ setting }) => setting.startsWith('monitoring.'))) return [];
  const { namespace, podLabels } = monitoring.prometheus;
  const errors = [
    ...(regions.some(region => region.namespace === namespace) ? [ofCamunda(namespace)] : []),
    ...(isMapping(podLabels) && Object.keys(podLabels).length === 0 ? [everyPod(podLabels)] : []),
  ];
  return errors.length > 0 ? errors : [needsOperator()];
}

/** Nothing of a description shows what is in the clusters. */
function needsOperator(): Problem {
  return warningOf({
    rule: 'monitoring-operator',
    setting: 'monitoring.enabled',
    value: true,
    requirement: 'should be true only where both clusters have the kinds PodMonitor and PrometheusRule: without them the deployment fails',
    fix: 'install the operator of Prometheus first, as docs/monitoring.md says',
  });
}

/** What runs beside Camunda is denied everything that Camunda does not need. */
function ofCamunda(value: string): Problem {
  return errorOf({
    rule: 'monitoring-namespace',
    setting: 'monitoring.prometheus.namespace',
    value,
    requirement: 'must be another namespace than those of Camunda, whose network policies would cut Prometheus off',
    fix: "run Prometheus in a namespace of its own, for example 'monitoring'",
  });
}

/** The management API removes brokers, and asks for no password. */
function everyPod(value: unknown): Problem {
  return errorOf({
    rule: 'monitoring-pod-labels',
    setting: 'monitoring.prometheus.podLabels',
    value,
    requirement: 'must name a label: without one every pod of that namespace would reach the management API, which asks for no password',
    fix: "leave it out for 'app.kubernetes.io/name: prometheus'",
  });
}
