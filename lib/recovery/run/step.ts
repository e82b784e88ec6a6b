import type { Call, HttpCall } from '../calls/call';
import type { HttpResponse } from '../calls/http';
import type { Finding } from '../finding';
import type { Attempt, Progress } from '../record/progress';
import type { ClusterView } from '../view/cluster-view';

/**
 * Something about the system that can be looked at.
 *
 * @internal
 */
export interface Condition {
  /** What is the case when it holds, for the runbook. */
  readonly description: string;
  /** The calls with which it is looked at, for the runbook. */
  readonly calls: readonly Call[];
  /** @param steps what the record has of all steps */
  check(view: ClusterView, attempts: readonly Attempt[], steps?: Progress['steps']): Promise<Finding>;
}

/** @internal */
export interface Action {
  readonly description: string;
  readonly call: HttpCall;
  /**
   * Whether the call may be sent again while nobody knows what became of the last one. `conclusive` ones are sent again only
   * after the system has been read and shows that nothing has come of it. So are `by-name` ones, whose effect has a name that can
   * exist once, and these even after they were accepted: if there is nothing of that name, it is gone.
   */
  readonly repeat: 'safe' | 'conclusive' | 'by-name';
  /** What an answer means, where statuses alone do not tell. */
  readonly read?: (response: HttpResponse) => Partial<Attempt> | undefined;
  /** What to do when it may have been carried out, and nothing shows. Left out, it is the advice of the step. */
  readonly onceSent?: string;
}

/**
 * One step of a plan. A step without an action waits for what others do, or verifies.
 *
 * @internal
 */
export interface Step {
  readonly id: string;
  readonly title: string;
  readonly purpose: string;
  /** What must hold right before the action is sent. What it tells of the last change of the cluster is written down with the action. */
  readonly requires: readonly Condition[];
  /** What must stay so while the step is run. Where it is not for a while, the step ends. */
  readonly watch?: Condition;
  /** Answers both whether there is nothing to do, and whether the action has had its effect. */
  readonly done: Condition;
  readonly action?: Action;
  readonly timeoutMs: number;
  /** Whether it only judges if the recovery may begin: stopping here is a refusal, and nothing has been done. */
  readonly isPrecheck?: boolean;
  /** What to do when it does not succeed. */
  readonly advice: string;
}

/** @internal */
export interface Release {
  /** Id of the step that holds something up. */
  readonly after: string;
  /** The step that lets it go on. */
  readonly step: Step;
  readonly done: string;
  /** What to do after that. */
  readonly advice: string;
}

/** @internal */
export interface Plan {
  readonly title: string;
  /** Judged whenever somebody begins or goes on, before anything else: whether the system is the one that is described. */
  readonly described: Step;
  readonly steps: readonly Step[];
  /** What is sent when the region that comes back is lost again, so that the other one is left whole. */
  readonly release?: Release;
  /** What remains to be done by people afterwards. */
  readonly afterwards: readonly string[];
}
