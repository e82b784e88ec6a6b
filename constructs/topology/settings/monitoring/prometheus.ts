import { LABEL_NAME, LABEL_VALUE } from '../pod';
import { matching } from '../rows/checks';
import { UNNOTICED } from '../rows/later';
import type { EntryCheck, Rows } from '../rows/row';
import { DNS_LABEL, isTextOf } from '../rows/value-kinds';

/** A Prometheus of yours in each cluster, with its operator. */
export interface PrometheusSettings {
  /**
   * Namespace in which Prometheus runs, the same in both clusters.
   *
   * @default 'monitoring'
   */
  readonly namespace?: string;

  /**
   * Labels of Prometheus' pods. Network policies open the ports of metrics to pods that have all of them, in that namespace.
   *
   * @default - `app.kubernetes.io/name: prometheus`, as the operator gives them
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Labels by which the operator selects `PodMonitor` and `PrometheusRule` objects, for example `release: kube-prometheus-stack`.
   *
   * @default - none: the operator selects every object
   */
  readonly objectLabels?: { [key: string]: string };

  /**
   * How often metrics are collected, in seconds: 5 to 60. Alerts need two values in two minutes.
   *
   * @default 30
   */
  readonly intervalSeconds?: number;
}

const RULE = 'monitoring-labels';

/** `@see` Prometheus Operator, API reference: the operator labels the pods of each Prometheus so */
const OF_THE_OPERATOR = { 'app.kubernetes.io/name': 'prometheus' };

const LABEL: EntryCheck = {
  accepts: (name, value) => LABEL_NAME.test(name) && isTextOf(LABEL_VALUE, value),
  key: LABEL_NAME,
  value: LABEL_VALUE,
  requirement: "must be a string under a name, both by Kubernetes' rules for labels",
  fix: "write it like 'release: kube-prometheus-stack', and put numbers in quotes",
};

const LABELS = {
  kind: 'map',
  map: { rule: RULE, requirement: 'must be a mapping of names to strings', fix: 'leave it out for the default' },
  checks: [LABEL],
} as const;

/** @internal */
export const PROMETHEUS = {
  namespace: {
    kind: 'string',
    default: 'monitoring',
    later: UNNOTICED,
    checks: [
      matching(DNS_LABEL, {
        rule: 'monitoring-namespace',
        requirement: 'must be the name of a namespace',
        fix: 'use lower-case letters, digits and hyphens',
      }),
    ],
  },
  podLabels: { ...LABELS, default: OF_THE_OPERATOR, later: UNNOTICED },
  objectLabels: { ...LABELS, default: {}, later: UNNOTICED },
  intervalSeconds: { kind: 'integer', default: 30, min: 5, max: 60, later: UNNOTICED },
} as const satisfies Rows<PrometheusSettings>;
