import type { Clock } from '../../lib/recovery/ports';
import { address, perRegion, textOf, token, user, userPerRegion, type ConnectionOptions } from './arguments';
import type { FoundDeployment } from './deployment';
import { UsageError } from './exit-code';
import { FileFacts, readTopologyFile } from './file-topology';
import { NodeHttpTransport } from './http-transport';
import { FileLease, FileStore } from './state/file-store';

/** A deployment whose tunnels somebody has opened: everything is named by options. */
export function urlDeployment(options: ConnectionOptions, clock: Clock): FoundDeployment {
  const { topology: file, managementUrl, restUrl, elasticsearchUrl, state } = options;
  if (file === undefined || managementUrl === undefined || restUrl === undefined || state === undefined)
    throw new Error('options that lead to the deployment are missing');
  const topology = readTopologyFile(file);
  const ca = options.ca === undefined ? undefined : textOf(options.ca, '--ca');
  const management = address(managementUrl, '--management-url');
  const rest = address(restUrl, '--rest-url');
  const restUser = user(options.restUser, '--rest-user');
  const bearer = token(options.restToken, '--rest-token');
  const search = perRegion(elasticsearchUrl, '--elasticsearch-url').map(url => url && address(url, '--elasticsearch-url'));
  const searchUser = userPerRegion(options.elasticsearchUser, '--elasticsearch-user');
  const store = new FileStore(state, clock);
  return {
    topology,
    portsFor: () => ({
      management: new NodeHttpTransport({ url: management }),
      rest: new NodeHttpTransport({ url: rest, ...(bearer ? { bearer } : { user: restUser }), ca }),
      elasticsearch: regionId => {
        const url = search[regionId];
        if (url === undefined) throw new UsageError(`--elasticsearch-url does not name region${regionId}`);
        return new NodeHttpTransport({ url, user: searchUser(regionId), ca });
      },
      hasElasticsearch: regionId => search[regionId] !== undefined,
      kubernetes: new FileFacts(file),
      clock,
      store,
      lease: new FileLease(state, clock),
    }),
    reachable: () => Promise.resolve(0),
    hasKubernetes: () => false,
    answers: () => Promise.resolve(true),
    fence: () => Promise.reject(new UsageError('fencing needs the Kubernetes API of the region')),
    temporaryBroker: () => Promise.reject(new UsageError('a temporary broker is made from the brokers that a Kubernetes API shows')),
  };
}

/** A deployment of which only the description is needed. */
export function describedDeployment(file: string): FoundDeployment {
  const unreachable = (): never => {
    throw new UsageError('there is no way to this deployment: only its description was named');
  };
  return {
    topology: readTopologyFile(file),
    portsFor: unreachable,
    reachable: unreachable,
    hasKubernetes: () => false,
    answers: unreachable,
    fence: unreachable,
    temporaryBroker: unreachable,
  };
}
