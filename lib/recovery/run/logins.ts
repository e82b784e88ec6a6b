import type { Refusal } from '../calls/access';
import type { HttpCall } from '../calls/call';
import { READ_CONFIGURATION, READ_TOPOLOGY } from '../calls/management-calls';
import { readHealth } from '../calls/search-calls';
import { blocked, met } from '../finding';
import type { ClusterView } from '../view/cluster-view';
import type { Condition } from './step';

/** @internal */
export const SERVERS = {
  management: 'management API',
  rest: 'REST API',
  elasticsearch: (regionId: number): string => `Elasticsearch ${regionId}`,
} as const;

/**
 * What a server answers to this user.
 *
 * @internal
 */
export interface LoginAnswer {
  readonly server: string;
  /** As whom it was asked. */
  readonly login?: string;
  readonly description: 'lets in' | 'refuses' | 'cannot be asked';
  /** Why it refuses. */
  readonly refusal?: Refusal;
}

/**
 * What a call that was just sent says of the login.
 *
 * @internal
 */
export function loginAnswer(view: ClusterView, server: string, call: HttpCall, answered: boolean): LoginAnswer {
  const login = view.loginOf(call.target);
  const refusal = view.refusalOf(call);
  const description = refusal ? 'refuses' : answered ? 'lets in' : 'cannot be asked';
  return { server, ...(login === undefined ? {} : { login }), description, ...(refusal ? { refusal } : {}) };
}

/** Asks every server once, as a recovery would, but for an Elasticsearch to which nothing leads. */
async function loginAnswers(view: ClusterView, regionIds: readonly number[]): Promise<readonly LoginAnswer[]> {
  const servers: readonly (readonly [string, HttpCall])[] = [
    [SERVERS.management, READ_CONFIGURATION],
    [SERVERS.rest, READ_TOPOLOGY],
    ...regionIds.filter(id => view.reachesSearch(id)).map(id => [SERVERS.elasticsearch(id), readHealth(id)] as const),
  ];
  return Promise.all(
    servers.map(async ([server, call]) => {
      const reading = await view.read(call, value => value);
      return loginAnswer(view, server, call, reading.ok);
    }),
  );
}

/**
 * One line about all of them.
 *
 * @internal
 */
export function loginsText(answers: readonly LoginAnswer[]): string {
  return answers
    .map(
      ({ server, login, description, refusal }) =>
        refusal?.why ?? `${server} ${description}${login === undefined || description !== 'lets in' ? '' : ` '${login}'`}`,
    )
    .join('; ');
}

/**
 * Whether every server lets in whom a recovery asks as. One that is silent is judged by others.
 *
 * @internal
 */
export function loginsWork(regionIds: readonly number[]): Condition {
  return {
    description: 'every server accepts the login of a recovery',
    calls: [READ_CONFIGURATION, READ_TOPOLOGY, ...regionIds.map(readHealth)],
    check: async view => {
      const answers = await loginAnswers(view, regionIds);
      const refusal = answers.find(answer => answer.refusal)?.refusal;
      return refusal ? blocked(loginsText(answers), refusal.advice) : met(loginsText(answers));
    },
  };
}
