import type { Alert } from '../topology/plan/monitoring/alert';
import { alertGroups } from '../topology/plan/monitoring/alert-groups';
import type { Topology } from '../topology/topology';
import type { AlertingRule, PrometheusRuleSpec } from './prometheus-operator-types';

/**
 * The alerts of a region in the form of Prometheus.
 *
 * @internal
 */
export function alertingRules(topology: Topology, regionId: number): PrometheusRuleSpec {
  const { namespace, awsRegion } = topology.regions[regionId];
  // Without the namespace, no route of an AlertmanagerConfig would take them: most expressions leave no label of it.
  const labels = { namespace, aws_region: awsRegion, camunda_region: String(regionId) };
  return {
    groups: alertGroups(topology, regionId).map(({ name, alerts }) => ({
      // A Prometheus evaluates groups of the same name in different objects apart; people tell them apart by this.
      name: `${topology.name}-${name}`,
      rules: alerts.map(alert => ruleOf(alert, labels)),
    })),
  };
}

function ruleOf(alert: Alert, common: { readonly [name: string]: string }): AlertingRule {
  const { name, severity, expression, minutes, labels, summary, meaning, look, command } = alert;
  return {
    alert: name,
    expr: expression,
    for: `${minutes}m`,
    labels: { severity, ...common, ...labels },
    annotations: { summary, description: meaning, look, ...(command === undefined ? {} : { command }) },
  };
}
