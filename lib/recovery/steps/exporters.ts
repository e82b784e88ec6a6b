import { disabling, enabling, READ_CONFIGURATION, READ_EXPORTERS, readChangeAnswer } from '../calls/management-calls';
import { blocked, met, open, running, unknown, type Finding } from '../finding';
import type { Attempt } from '../record/progress';
import { changeFinding, ORPHANED_ADVICE, lastChangeKnown, lastChangeOf, OPERATIONS } from '../run/changes';
import type { Condition, Step } from '../run/step';
import type { ClusterView } from '../view/cluster-view';
import type { Sides } from '../view/members';
import { undisturbed } from './loss-conditions';

type Wanted = 'ENABLED' | 'DISABLED';

/**
 * @param sides of a failover, whose lost brokers can come back, and whose other ones can be down, while the change waits
 *
 * @param isOurs whether brokers have to have it: one of the user that nobody has any more is off
 *
 * @internal
 */
export function disableExporter(exporterId: string, removed: Condition, sides?: Sides, isOurs = true): Step {
  const disabled = exporterIs(exporterId, 'DISABLED', isOurs);
  const advice =
    'if the change does not end, an exporter may still be retrying to open its connection: restart the surviving brokers one at a time, ' +
    `wait for each to be ready, and 'recover resume'`;
  return {
    id: `disable-${exporterId}`,
    title: `Disable exporter ${exporterId}`,
    purpose:
      'Exporters run one after the other: as long as one cannot reach its Elasticsearch, none goes on, logs are not compacted and disks fill. ' +
      'A change of exporters waits for every member, so lost brokers must be gone before.',
    requires: [removed, lastChangeKnown()],
    done: sides ? undisturbed(disabled, sides) : disabled,
    action: {
      description: 'disable the exporter',
      call: disabling(exporterId),
      repeat: 'safe',
      read: readChangeAnswer,
      onceSent: `${advice}. ${ORPHANED_ADVICE}`,
    },
    timeoutMs: 300_000,
    advice,
  };
}

/** @internal */
export function enableExporter(exporterId: string, initializeFrom: string, requires: readonly Condition[]): Step {
  const advice = `read the logs of the brokers for the exporter's reason, fix it, and 'recover resume'. Exporting stays paused meanwhile: watch the brokers' disks`;
  return {
    id: `enable-${exporterId}`,
    title: `Enable exporter ${exporterId}`,
    purpose:
      `It goes on where ${initializeFrom} stood when the snapshot was taken, because nothing was exported or archived since: nothing is missing, and nothing ` +
      'comes twice.',
    requires: [...requires, exporterIs(initializeFrom, 'ENABLED'), lastChangeKnown()],
    done: exporterIs(exporterId, 'ENABLED'),
    // Enabled twice, it begins again where the other one stands by then, and leaves out what is between.
    action: {
      description: 'enable the exporter',
      call: enabling(exporterId, initializeFrom),
      repeat: 'conclusive',
      read: readChangeAnswer,
      onceSent: `${advice}. ${ORPHANED_ADVICE}`,
    },
    timeoutMs: 900_000,
    advice,
  };
}

/**
 * Only an exporter that is certainly in the other state may be changed. UNKNOWN with nothing pending means that partitions
 * disagree, and an exporter that is enabled twice starts anew from where it was initialised.
 *
 * @internal
 */
export function exporterIs(exporterId: string, wanted: Wanted, isOurs = true): Condition {
  return {
    description: `exporter ${exporterId} is ${wanted}, and no change is pending`,
    calls: [READ_CONFIGURATION, READ_EXPORTERS],
    check: async (view, attempts) => {
      // First the configuration: a change that ends between both is then seen by its id, before anything is sent.
      const configuration = await view.configuration();
      if (!configuration.ok) return unknown(configuration.why);
      const exporters = await view.exporters();
      if (!exporters.ok) return unknown(exporters.why);
      const change = changeFinding(configuration.value, attempts, wanted === 'ENABLED' ? OPERATIONS.enabling : OPERATIONS.disabling);
      if (change) return change;
      if (!isOurs && !exporters.value.has(exporterId)) return met(`brokers have no exporter ${exporterId}`);
      const finding = statusFinding(exporterId, wanted, exporters.value.get(exporterId), configuration.value.pendingChange === undefined);
      return finding.state === 'open' ? { ...finding, lastChange: lastChangeOf(configuration.value) } : finding;
    },
  };
}

function statusFinding(exporterId: string, wanted: Wanted, status: string | undefined, isQuiet: boolean): Finding {
  const text = `exporter ${exporterId} is ${status ?? 'not in the list of exporters'}`;
  switch (status) {
    case wanted:
      return met(text);
    case 'ENABLED':
    case 'DISABLED':
      return open(text);
    case 'ENABLING':
    case 'DISABLING':
      return running(text);
    case 'UNKNOWN':
      // As a change leaves it that was cancelled half way. To disable it in all of them spoils nothing; to enable it would.
      return (wanted === 'DISABLED' && isQuiet ? open : unknown)(`${text}: its partitions disagree`);
    default:
      return blocked(
        text,
        'brokers do not have it in their configuration: compare the exporters of the deployment with GET :9600/actuator/exporters',
      );
  }
}

/**
 * Whether both exporters are enabled already: then what had to come before has been done.
 *
 * @internal
 */
export async function exporterEnabled(view: ClusterView, exporterId: string, attempts: readonly Attempt[]): Promise<boolean> {
  return (await exporterIs(exporterId, 'ENABLED').check(view, attempts)).state === 'met';
}
