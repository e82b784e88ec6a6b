/**
 * How soon somebody has to look.
 *
 * @internal
 */
export enum AlertSeverity {
  /** At once, at night too. */
  CRITICAL = 'critical',
  /** On the same day. */
  WARNING = 'warning',
  /** When there is time. */
  INFO = 'info',
}

/**
 * A rule of Prometheus, with what a person needs who is called by it.
 *
 * @internal
 */
export interface Alert {
  /** Stable: silences and routes of users name it. */
  readonly name: string;
  readonly severity: AlertSeverity;
  /** In PromQL, over the series of one region. */
  readonly expression: string;
  /** How long it must be true before the alert fires. */
  readonly minutes: number;
  /** Labels beside those that all alerts have. */
  readonly labels?: { readonly [name: string]: string };
  /** What has happened, in a line. `{{ $labels.x }}` stands for a label of the series. */
  readonly summary: string;
  /** What that means for users and for the other region. */
  readonly meaning: string;
  /** Where to look. */
  readonly look: string;
  /** Commands of this project that help, in backquotes. */
  readonly command?: string;
}

/**
 * Rules that are evaluated together.
 *
 * @internal
 */
export interface AlertGroup {
  readonly name: string;
  readonly alerts: readonly Alert[];
}
