import type { HttpResponse } from '../calls/http';
import { cancellation, READ_CONFIGURATION } from '../calls/management-calls';
import { met, open, unread } from '../finding';
import type { Attempt } from '../record/progress';
import type { Condition, Step } from '../run/step';

/**
 * A change that adds brokers waits for them for ever when they are lost, and no other change can begin before its end.
 *
 * @internal
 */
export function cancelChange(changeId: number, requires: readonly Condition[]): Step {
  return {
    id: 'cancel-change',
    title: `Cancel change ${changeId}, which waits for lost brokers`,
    purpose: 'No other change can begin before its end. What it has done already stays, and is undone by the removal that follows.',
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
