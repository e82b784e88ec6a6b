import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import type { RecoveryTopology, RecoveryUser } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { DeniedError, type HttpTransport } from '../../../lib/recovery/calls/http';
import type { User } from '../arguments';
import { FreshPassword } from '../fresh-password';
import type { HttpEndpoint } from '../http-transport';
import { inTime, MissingKeyError, statusOf, type KubernetesRegion } from './kubernetes-region';

/** Where cert-manager puts the certificate of the authority. */
const AUTHORITY_KEY = 'ca.crt';

/** What it takes to be let in by the servers of each region, as the Secrets of its cluster have it. */
export class ClusterSecrets {
  private readonly secrets = new Map<string, Promise<string>>();

  public constructor(
    private readonly topology: RecoveryTopology,
    private readonly clusterOf: (regionId: number) => KubernetesRegion,
    /** Certificate of the authority, if somebody has named one. */
    private readonly ca: string | undefined,
  ) {}

  /** The same way, with the password as it is now where that of before is refused. */
  public freshly(regionId: number, user: User | RecoveryUser | undefined, transport: HttpTransport): HttpTransport {
    if (user === undefined || 'password' in user) return transport;
    const read = (): Promise<string> => this.secret(regionId, user.secretName, user.key);
    const forget = (): void => void this.secrets.delete(secretId(regionId, user.secretName, user.key));
    return new FreshPassword(transport, {
      current: read,
      reread: () => {
        forget();
        return read();
      },
    });
  }

  public async secured(regionId: number, local: number, serverName: string, user: User | RecoveryUser | undefined): Promise<HttpEndpoint> {
    const { tls } = this.topology;
    return {
      url: `${tls ? 'https' : 'http'}://127.0.0.1:${local}`,
      serverName,
      ca: tls ? (this.ca ?? (await this.secret(regionId, FIXED_NAMES.camundaCertificate, AUTHORITY_KEY))) : undefined,
      ...(user === undefined ? {} : { user: 'password' in user ? user : await this.withPassword(regionId, user) }),
    };
  }

  /** A password that is not there is a login that is not let in: operators bring those of Camunda long before its pods run. */
  private async withPassword(regionId: number, { name, secretName, key }: RecoveryUser): Promise<User> {
    try {
      return { name, password: await this.secret(regionId, secretName, key) };
    } catch (error) {
      if (secretName !== FIXED_NAMES.camundaUsersSecret || (statusOf(error) !== 404 && !(error instanceof MissingKeyError))) throw error;
      const { namespace } = this.topology.regions[regionId];
      throw new DeniedError(
        `there is no password of user '${name}': Secret ${secretName} in namespace ${namespace} of region ${regionId} has no key ${key}`,
        `'kubectl --namespace ${namespace} get externalsecret ${secretName}' says why it was not brought; or name a user with --rest-user NAME:@FILE`,
      );
    }
  }

  /** Read once, until it is refused. A failure is forgotten, so that it is tried again. */
  private secret(regionId: number, name: string, key: string): Promise<string> {
    const id = secretId(regionId, name, key);
    const known = this.secrets.get(id);
    if (known) return known;
    const read = inTime(this.clusterOf(regionId).secret(this.topology.regions[regionId].namespace, name, key));
    this.secrets.set(id, read);
    read.catch(() => this.secrets.delete(id));
    return read;
  }
}

function secretId(regionId: number, name: string, key: string): string {
  return `${regionId} ${name} ${key}`;
}
