import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import type { RecoveryClient, RecoveryTopology, RecoveryUser } from '../../../constructs/topology/plan/recovery/recovery-topology';
import { DeniedError, type HttpTransport } from '../../../lib/recovery/calls/http';
import type { GivenToken, User } from '../arguments';
import { clientToken } from '../client-token';
import { FreshPassword } from '../fresh-password';
import type { HttpEndpoint } from '../http-transport';
import { reasonOf } from '../reason';
import { inTime, MissingKeyError, statusOf, type KubernetesRegion } from './kubernetes-region';

/** Where cert-manager puts the certificate of the authority. */
const AUTHORITY_KEY = 'ca.crt';

/** As whom a server is asked: with a password or token that is known, or with what the cluster keeps. */
export type Credentials = User | GivenToken | RecoveryUser | RecoveryClient;

/** What it takes to be let in by the servers of each region, as the Secrets of its cluster have it. */
export class ClusterSecrets {
  private readonly secrets = new Map<string, Promise<string>>();
  private readonly tokens = new Map<number, Promise<string>>();

  public constructor(
    private readonly topology: RecoveryTopology,
    private readonly clusterOf: (regionId: number) => KubernetesRegion,
    /** Certificate of the authority, if somebody has named one. */
    private readonly ca: string | undefined,
  ) {}

  /** The same way, with the password or token as it is now where that of before is refused. */
  public freshly(regionId: number, who: Credentials | undefined, transport: HttpTransport): HttpTransport {
    if (who === undefined || 'password' in who || 'token' in who) return transport;
    const read = (): Promise<string> => ('tokenUri' in who ? this.token(regionId, who) : this.secret(regionId, who.secretName, who.key));
    const forget = (): void => {
      this.tokens.delete(regionId);
      this.secrets.delete(secretId(regionId, who.secretName, who.key));
    };
    // A provider that does not answer is waited for once, by the request itself.
    const current = 'tokenUri' in who ? (): Promise<string> => this.tokens.get(regionId) ?? Promise.resolve('') : read;
    return new FreshPassword(transport, {
      current,
      reread: () => {
        forget();
        return read();
      },
    });
  }

  public async secured(regionId: number, local: number, serverName: string, who: Credentials | undefined): Promise<HttpEndpoint> {
    const { tls } = this.topology;
    return {
      url: `${tls ? 'https' : 'http'}://127.0.0.1:${local}`,
      serverName,
      ca: tls ? (this.ca ?? (await this.secret(regionId, FIXED_NAMES.camundaCertificate, AUTHORITY_KEY))) : undefined,
      ...(who === undefined ? {} : await this.login(regionId, who)),
    };
  }

  private async login(regionId: number, who: Credentials): Promise<Pick<HttpEndpoint, 'user' | 'bearer'>> {
    if ('password' in who) return { user: who };
    if ('token' in who) return { bearer: who };
    if ('tokenUri' in who) return { bearer: { name: who.clientId, token: await this.token(regionId, who) } };
    return { user: await this.withPassword(regionId, who) };
  }

  /** Asked for once, until it is refused: it is valid for minutes at least. A failure is forgotten, so that it is tried again. */
  private token(regionId: number, client: RecoveryClient): Promise<string> {
    const known = this.tokens.get(regionId);
    if (known) return known;
    const asked = this.newToken(regionId, client);
    this.tokens.set(regionId, asked);
    asked.catch(() => this.tokens.delete(regionId));
    return asked;
  }

  private async newToken(regionId: number, client: RecoveryClient): Promise<string> {
    const { clientId, secretName, key } = client;
    const { namespace } = this.topology.regions[regionId];
    let secret: string;
    try {
      secret = await this.secret(regionId, secretName, key);
    } catch (error) {
      if (statusOf(error) !== 404 && !(error instanceof MissingKeyError)) throw error;
      throw new DeniedError(
        `there is no secret of client '${clientId}': Secret ${secretName} in namespace ${namespace} of region ${regionId} has no key ${key}`,
        `'kubectl --namespace ${namespace} get externalsecret ${secretName}' says why it was not brought; or give a token with --rest-token @FILE`,
      );
    }
    try {
      return await clientToken(client, secret);
    } catch (error) {
      throw new DeniedError(
        `there is no token for client '${clientId}' of the identity provider: ${reasonOf(error)}`,
        `look whether ${client.tokenUri} answers here, and compare Secret ${secretName} with what the provider knows; or give a token with --rest-token @FILE`,
      );
    }
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
