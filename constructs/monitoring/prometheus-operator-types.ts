/**
 * The fields of the Prometheus operator's `PodMonitor` that this library uses.
 *
 * @see Prometheus Operator, API reference: monitoring.coreos.com/v1
 *
 * @internal
 */
export interface PodMonitorSpec {
  readonly selector: { readonly matchLabels: { readonly [label: string]: string } };
  readonly podMetricsEndpoints: { readonly port: string; readonly path: string; readonly interval: string }[];
}

/**
 * The same of its `PrometheusRule`.
 *
 * @internal
 */
export interface PrometheusRuleSpec {
  readonly groups: { readonly name: string; readonly rules: AlertingRule[] }[];
}

/**
 * A rule as Prometheus reads it, in its own files, too.
 *
 * @internal
 */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly [name: string]: string };
  readonly annotations: { readonly [name: string]: string };
}
