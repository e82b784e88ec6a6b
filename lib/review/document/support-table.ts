import { maintainedVersions, type MaintainedVersion } from '../../../constructs/topology/plan/maintained-versions';
import { planOf } from '../../../constructs/topology/plan-of';
import type { Topology } from '../../../constructs/topology/topology';
import { daysUntil, isAccepted, lastDayOf, NEAR_END_DAYS, type SupportEnd } from '../../../constructs/topology/versions/dated-fact';
import type { Rendered } from '../rendered';
import { Templates } from '../template';
import { counted, toned } from './cells';
import { isoDate } from './dates';
import type { Cell, ReviewTable } from './review-document';
import { RUNTIME_ENDS } from './runtime-ends';

/**
 * Until when everything that has a version is maintained, and who says so.
 *
 * @internal
 */
export function supportTable(topology: Topology, { stacks }: Rendered, today: Date): ReviewTable {
  return {
    title: `End of support, seen on ${isoDate(today)}`,
    columns: ['what', 'version', 'support', 'until', 'verdict', 'source'],
    rows: [...maintainedVersions(planOf(topology).settings).flatMap(version => versionRows(version, today)), ...runtimeRows(stacks, today)],
    notes: [
      'Camunda 8.9: the earliest of three days that Camunda names. Metadata of the official chart say a day more, the first announcement a year and a day.',
      'Kubernetes: extended support is twelve months more.',
      'A version of a controller that is not in this table is not known here.',
    ],
  };
}

function versionRows({ product, version, end, support, extendedUntil, advice }: MaintainedVersion, today: Date): Cell[][] {
  const row = supportRow([product, version, support], end, today, advice);
  if (extendedUntil === undefined) return [row];
  const verdict = endVerdict(extendedUntil, today, 'then EKS updates the cluster by itself');
  return [row, [product, version, 'extended support', extendedUntil, verdict, sourceOf(end)]];
}

/** The runtimes of functions in the templates. */
function runtimeRows(stacks: Rendered['stacks'], today: Date): Cell[][] {
  const runtimes = new Templates(stacks).resources(undefined, 'AWS::Lambda::Function').map(({ properties }) => properties.Runtime);
  return [...new Set(runtimes)].sort().flatMap(runtime => {
    if (typeof runtime !== 'string') return [];
    const end = Object.hasOwn(RUNTIME_ENDS, runtime) ? RUNTIME_ENDS[runtime] : undefined;
    if (!end)
      return [['functions on AWS Lambda', runtime, 'maintenance', toned('unknown', 'warning'), 'look it up in the developer guide', '']];
    return [supportRow(['functions on AWS Lambda', runtime, 'maintenance'], end, today, 'update this library and the AWS CDK')];
  });
}

function supportRow(what: readonly [string, string, string], end: SupportEnd, today: Date, advice: string): Cell[] {
  return [...what, end.value, verdictOn(end, today, advice), sourceOf(end)];
}

function verdictOn(end: SupportEnd, today: Date, advice: string): Cell {
  const lastDay = lastDayOf(end);
  if (lastDay === undefined) return 'no day is named';
  if (!end.accepted || !isAccepted(end, today)) return endVerdict(lastDay, today, advice);
  const days = daysUntil(lastDay, today);
  const { until, why } = end.accepted;
  return days < 0
    ? toned(`ended ${counted(-days, 'day')} ago, accepted until ${until}: ${why}`, 'warning')
    : `${counted(days, 'day')} left`;
}

function sourceOf({ source, seen }: SupportEnd): string {
  return `${source}; seen ${seen}`;
}

/** A date in the words of a reviewer. What has ended is a warning: it goes on working. */
function endVerdict(until: string, today: Date, advice: string): Cell {
  const days = daysUntil(until, today);
  if (days < 0) return toned(`ended ${counted(-days, 'day')} ago: ${advice}`, 'warning');
  return days < NEAR_END_DAYS
    ? toned(`ends in ${counted(days, 'day')}: ${advice}`, 'warning')
    : toned(`${counted(days, 'day')} left`, 'good');
}
