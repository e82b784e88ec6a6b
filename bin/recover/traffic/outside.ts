import { execFile } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import type { Addresses, LoadBalancerAnswer } from '../../../lib/recovery/traffic/traffic-change';
import { reasonOf } from '../reason';

/** What a change of the traffic needs of the world: the DNS, a load balancer, and the command line of AWS. */
export interface Outside {
  addresses(name: string): Promise<Addresses>;
  answers(url: string): Promise<LoadBalancerAnswer>;
  /** Runs the command line of AWS, which has the credentials of the operator. Gives what went wrong, if anything did. */
  aws(args: readonly string[]): Promise<string | undefined>;
}

const DNS_TIMEOUT_MS = 3000;
const ANSWER_TIMEOUT_MS = 10_000;
const AWS_TIMEOUT_MS = 60_000;

/** The world as it is. */
export const OUTSIDE: Outside = {
  async addresses(name) {
    try {
      return await new Resolver({ timeout: DNS_TIMEOUT_MS, tries: 1 }).resolve4(name);
    } catch (error) {
      return reasonOf(error);
    }
  },

  async answers(url) {
    try {
      const { status } = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS), redirect: 'manual' });
      return status === 200 ? { ok: true } : { ok: false, why: `status ${status}` };
    } catch (error) {
      const { cause } = error as { readonly cause?: unknown };
      return { ok: false, why: reasonOf(cause ?? error) };
    }
  },

  aws(args) {
    return new Promise(resolve => {
      execFile('aws', [...args], { timeout: AWS_TIMEOUT_MS }, (error, _out, err) => {
        if (!error) return resolve(undefined);
        const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
        resolve(
          isMissing ? 'the command line of AWS, `aws`, was not found' : err.trim() || (error.killed ? 'it took too long' : reasonOf(error)),
        );
      });
    });
  },
};
