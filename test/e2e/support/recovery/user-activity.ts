import { setTimeout as sleep } from 'node:timers/promises';
import type { SearchNode } from '../search';

const PAUSE_MS = 200;

/**
 * People who work with Operate and Tasklist while a region is being recreated: sessions grow and change with each login, and what is done by the v1
 * API belongs to one region. Neither waits for exporting.
 */
export class UserActivity {
  /** How many documents were written. */
  public written = 0;
  private stopped = false;
  private readonly loop: Promise<void>;

  public constructor(
    private readonly node: SearchNode,
    private readonly camundaVersion: string,
  ) {
    this.loop = this.work();
  }

  public async stop(): Promise<void> {
    this.stopped = true;
    await this.loop;
  }

  private async work(): Promise<void> {
    const [sessions, operations] =
      this.camundaVersion === '8.7'
        ? ['operate-web-session-1.1.0_', 'operate-operation-8.4.1_']
        : ['camunda-web-session-8.8.0_', 'operate-operation-8.4.1_'];
    while (!this.stopped) {
      await this.node.use('camunda', 'PUT', `/${sessions}/_doc/session-${this.written}`, { lastAccessedTime: this.written });
      await this.node.use('camunda', 'PUT', `/${sessions}/_doc/session-0`, { lastAccessedTime: this.written });
      await this.node.use('camunda', 'PUT', `/${operations}/_doc/operation-${this.written}`, { state: 'SCHEDULED' });
      this.written += 1;
      await sleep(PAUSE_MS);
    }
  }
}
