import type { HttpResponse } from '../../calls/http';
import { cancellation, READ_CONFIGURATION } from '../../calls/management-calls';
import { met, open, unread } from '../../finding';
import type { Attempt } from '../../record/progress';
import type { Condition, Step } from '../../run/step';

/**
 * A change that lost brokers have to carry out waits for them for ever, and no other change can begin before its end.
 *
 * @internal
 */
export function cancelChange(changeId: number, requires: readonly Condition[]): Step {
  return {
    // Of its own for each change: another one can have come while somebody went on.
    id: `cancel-change-${changeId}`,
    title: `Cancel change ${changeId}, which does not end without the lost brokers`,
    purpose:
      'No other change can begin before its end. What it has done already stays: the removal that follows takes lost brokers out of it, and the next steps see to exporters. ' +
      'What it was for can be asked for again after the failback.',
    requires,
    done: {
      description: `change ${changeId} is not pending`,
      calls: [READ_CONFIGURATION],
      check: async view => {
        const reading = await view.configuration();
        if (!reading.ok) return unread(reading);
        return reading.value.pendingChange?.id === changeId
          ? open(`change ${changeId} is pending`)
          : met(`change ${changeId} is not pending`);
      },
    },
    action: { description: `cancel change ${changeId}`, call: cancellation(changeId), repeat: 'safe', read: readCancellation },
    timeoutMs: 120_000,
    advice: `the member with the lowest id cancels it: see that this broker runs, then 'recover resume'`,
  };
}

/** That there is nothing to cancel is what was wanted. */
function readCancellation({ status, text }: HttpResponse): Partial<Attempt> | undefined {
  return status === 400 && /no change is in progress|is not the current change/.test(text) ? { outcome: 'accepted' } : undefined;
}
