import type { FoundDeployment } from '../../../bin/recover/deployment';
import type { HttpTransport } from '../../../lib/recovery/calls/http';
import type { Scenario } from './scenario';

/** No gateway runs there. */
export const SILENT: HttpTransport = {
  send: () => Promise.reject(Object.assign(new Error('none is running'), { name: 'UndeliveredError' })),
};

interface Sight {
  /** Regions of which a context was named. */
  readonly contexts?: readonly number[];
  /** Regions whose gateways do not answer. */
  readonly silent?: readonly number[];
}

/** As whoever has kubeconfigs finds a deployment. */
export function foundBy(scenario: Scenario, { contexts = [0, 1], silent = [] }: Sight = {}): FoundDeployment {
  return {
    topology: scenario.topology,
    portsFor: regionId => {
      if (!contexts.includes(regionId)) throw new Error(`no context for region ${regionId}`);
      return { ...scenario.ports(), ...(silent.includes(regionId) ? { management: SILENT, rest: SILENT } : {}) };
    },
    reachable: () => Promise.resolve(contexts[0]),
    hasKubernetes: regionId => contexts.includes(regionId),
    answers: regionId => Promise.resolve(contexts.includes(regionId) && scenario.deployment.reachable.has(regionId)),
    temporaryBroker: regionId => Promise.resolve({ kind: 'Pod', regionId }),
    fence: regionId => Promise.resolve(`region ${regionId} is fenced`),
  };
}
