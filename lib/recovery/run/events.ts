import type { Finding } from '../finding';
import type { Attempt } from '../record/progress';
import type { Step } from './step';

/**
 * What happens during a run, to be shown.
 *
 * @internal
 */
export type RecoveryEvent =
  | { readonly kind: 'step'; readonly step: Step; readonly index: number; readonly count: number }
  | { readonly kind: 'check'; readonly step: Step; readonly finding: Finding }
  | { readonly kind: 'sending'; readonly step: Step; readonly call: string }
  | { readonly kind: 'sent'; readonly step: Step; readonly attempt: Attempt }
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'done'; readonly step: Step; readonly alreadyDone: boolean; readonly milliseconds: number; readonly why: string };

/** @internal */
export type Listener = (event: RecoveryEvent) => void;
