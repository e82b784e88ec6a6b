import { homedir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { UnreachableError } from '../exit-code';
import { reasonOf } from '../reason';

/** What the client makes up where it finds no kubeconfig. */
const MADE_UP = { context: 'loaded-context', server: 'http://localhost:8080' };
const HELP = `'aws eks update-kubeconfig' writes contexts; without any, --topology and the options beside it lead to the deployment`;

/** Names of the contexts of the kubeconfig that kubectl would take. There is at least one. */
export function knownContexts(): string[] {
  const { KUBECONFIG = '' } = process.env;
  const file = KUBECONFIG === '' ? join(homedir(), '.kube', 'config') : KUBECONFIG;
  const config = new KubeConfig();
  try {
    config.loadFromDefault();
  } catch (error) {
    const why = error instanceof TypeError ? 'it is not one' : reasonOf(error);
    throw new UnreachableError(`cannot read the kubeconfig ${file}: ${why}; ${HELP}`);
  }
  const contexts = config.getContexts().map(({ name }) => name);
  if (contexts.length === 1 && contexts[0] === MADE_UP.context && config.getCurrentCluster()?.server === MADE_UP.server) {
    throw new UnreachableError(
      `there is no kubeconfig: neither does ${file} exist, nor does the variable KUBECONFIG name another; ${HELP}`,
    );
  }
  if (contexts.length === 0) throw new UnreachableError(`the kubeconfig ${file} has no contexts; ${HELP}`);
  return contexts;
}
