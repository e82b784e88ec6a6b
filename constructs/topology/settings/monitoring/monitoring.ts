import { UNNOTICED } from '../rows/later';
import type { Rows } from '../rows/row';
import { PROMETHEUS, type PrometheusSettings } from './prometheus';

/** Metrics and alerts. */
export interface MonitoringSettings {
  /**
   * Whether metrics of Camunda are collected, and alerts made from this description. The operator of Prometheus must be in both clusters
   * before: without its kinds `PodMonitor` and `PrometheusRule` the deployment fails.
   *
   * @default false
   */
  readonly enabled?: boolean;

  /**
   * Your Prometheus in each cluster.
   *
   * @default - one in the namespace `monitoring` that selects every object
   */
  readonly prometheus?: PrometheusSettings;
}

/** @internal */
export const MONITORING = {
  enabled: { kind: 'boolean', default: false, later: { ...UNNOTICED, page: 'monitoring.md' } },
  prometheus: { kind: 'section', rows: PROMETHEUS, needs: 'monitoring.enabled', later: UNNOTICED },
} as const satisfies Rows<MonitoringSettings>;
