import type { Refusal } from './access';
import type { HttpCall } from './call';
import { blocked, holds } from './finding';
import { READ_CONFIGURATION, READ_TOPOLOGY } from './management-calls';
import { readHealth } from './search-calls';
import type { Condition } from './step';
import type { World } from './world';

/** @internal */
export const SERVERS = {
  management: 'management API',
  rest: 'REST API',
  elasticsearch: (regionId: number): string => `Elasticsearch ${regionId}`,
} as const;

/**
 * What a server says to whoever asks.
 *
 * @internal
 */
export interface LoginAnswer {
  readonly server: string;
  /** As whom it was asked. */
  readonly login?: string;
  readonly says: 'lets in' | 'refuses' | 'cannot be asked';
  /** Why it refuses. */
  readonly refusal?: Refusal;
}

/**
 * What a call that was just sent says of the login.
 *
 * @internal
 */
export function loginAnswer(world: World, server: string, call: HttpCall, answered: boolean): LoginAnswer {
  const login = world.loginOf(call.target);
  const refusal = world.refusalOf(call);
  const says = refusal ? 'refuses' : answered ? 'lets in' : 'cannot be asked';
  return { server, ...(login === undefined ? {} : { login }), says, ...(refusal ? { refusal } : {}) };
}

/** Asks every server once, as a recovery would. */
async function loginAnswers(world: World, regionIds: readonly number[]): Promise<readonly LoginAnswer[]> {
  const servers: readonly (readonly [string, HttpCall])[] = [
    [SERVERS.management, READ_CONFIGURATION],
    [SERVERS.rest, READ_TOPOLOGY],
    ...regionIds.map(id => [SERVERS.elasticsearch(id), readHealth(id)] as const),
  ];
  return Promise.all(
    servers.map(async ([server, call]) => {
      const reading = await world.read(call, value => value);
      return loginAnswer(world, server, call, reading.ok);
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
      ({ server, login, says, refusal }) =>
        refusal?.why ?? `${server} ${says}${login === undefined || says !== 'lets in' ? '' : ` '${login}'`}`,
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
    says: 'every server accepts the login of a recovery',
    calls: [READ_CONFIGURATION, READ_TOPOLOGY, ...regionIds.map(readHealth)],
    look: async world => {
      const answers = await loginAnswers(world, regionIds);
      const refusal = answers.find(answer => answer.refusal)?.refusal;
      return refusal ? blocked(loginsText(answers), refusal.advice) : holds(loginsText(answers));
    },
  };
}
