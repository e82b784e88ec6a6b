import { PORTS } from '../plan/flows/flows';
import { FIXED_NAMES } from '../plan/names';
import type { OidcClient } from '../plan/oidc-client';

/**
 * How Connectors are configured.
 *
 * @internal
 */
export interface ConnectorsRuntime {
  readonly environment: (context: ConnectorsContext) => { readonly [variable: string]: string };
  /** The password that it needs, if any, and the Secret that holds it. */
  readonly password: (
    context: ConnectorsContext,
  ) => { readonly variable: string; readonly secret: string; readonly key: string } | undefined;
}

/** @internal */
export interface ConnectorsContext {
  /** Host name of the own region's gateway. */
  readonly gateway: string;
  /** Host name of the own region's Operate. */
  readonly operate: string;
  /** Name of the headless Service through which its replicas find each other. */
  readonly headless: string;
  /** Address of a server of the gateway. */
  readonly urlOf: (host: string, port: number) => string;
  /** File with the certificate of the authority, if the gateway is encrypted. */
  readonly authority?: string;
  /** Whether webhooks and polling start and continue processes. */
  readonly inbound: boolean;
  /** How it logs in by an identity provider, if it does. */
  readonly client?: OidcClient;
}

/**
 * Of 8.7: job workers without a login, and what is deployed is asked of Operate. Operate can be told of a single user.
 *
 * @see Camunda 8 docs, connectors configuration 8.7
 *
 * @internal
 */
export const CONNECTORS_8_7: ConnectorsRuntime = {
  environment: ({ gateway, operate, headless, urlOf, authority, inbound }) => ({
    SERVER_PORT: String(PORTS.rest),
    LOGGING_LEVEL_IO_CAMUNDA_CONNECTOR: 'INFO',
    CAMUNDA_CLIENT_MODE: 'selfManaged',
    CAMUNDA_CLIENT_ZEEBE_RESTADDRESS: urlOf(gateway, PORTS.rest),
    CAMUNDA_CLIENT_ZEEBE_GRPCADDRESS: urlOf(gateway, PORTS.gatewayGrpc),
    ...(authority === undefined ? {} : { CAMUNDA_CLIENT_ZEEBE_CACERTIFICATEPATH: authority }),
    CAMUNDA_CONNECTOR_HEADLESS_SERVICEURL: headless,
    ...(inbound
      ? {
          OPERATE_CLIENT_BASEURL: `http://${operate}:${PORTS.web}`,
          OPERATE_CLIENT_USERNAME: FIXED_NAMES.adminUser,
          OPERATE_CLIENT_PROFILE: 'simple',
        }
      : { OPERATE_CLIENT_ENABLED: 'false', ...INBOUND_OFF }),
  }),
  password: ({ inbound }) =>
    inbound
      ? { variable: 'OPERATE_CLIENT_PASSWORD', secret: FIXED_NAMES.camundaUsersSecret, key: FIXED_NAMES.adminPasswordKey }
      : undefined,
};

/**
 * From 8.8 on: everything through the gateway, as a user or client of its own.
 *
 * @see Camunda 8 docs, connectors configuration
 *
 * @internal
 */
export const CONNECTORS_8_8: ConnectorsRuntime = {
  environment: ({ gateway, headless, urlOf, authority, inbound, client }) => ({
    SERVER_PORT: String(PORTS.rest),
    MANAGEMENT_CONTEXTPATH: '/actuator',
    MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE: 'metrics,health,prometheus',
    MANAGEMENT_ENDPOINT_HEALTH_SHOWDETAILS: 'always',
    MANAGEMENT_ENDPOINT_HEALTH_SHOWCOMPONENTS: 'always',
    // What does not run reports no health, and waiting for it would keep the pod from ever being ready.
    MANAGEMENT_ENDPOINT_HEALTH_GROUP_READINESS_INCLUDE: inbound ? 'processDefinitionImport,zeebeClient' : 'zeebeClient',
    LOGGING_LEVEL_IO_CAMUNDA_CONNECTOR: 'INFO',
    CAMUNDA_CLIENT_MODE: 'selfManaged',
    CAMUNDA_CLIENT_RESTADDRESS: urlOf(gateway, PORTS.rest),
    CAMUNDA_CLIENT_GRPCADDRESS: urlOf(gateway, PORTS.gatewayGrpc),
    ...(authority === undefined ? {} : { CAMUNDA_CLIENT_CACERTIFICATEPATH: authority }),
    CAMUNDA_CLIENT_WORKER_DEFAULTS_MAXJOBSACTIVE: '32',
    CAMUNDA_CLIENT_WORKER_DEFAULTS_STREAMENABLED: 'true',
    ...loginOf(client),
    CAMUNDA_CONNECTOR_HEADLESS_SERVICEURL: headless,
    ...(inbound ? INBOUND_ON : INBOUND_OFF),
    CAMUNDA_CONNECTOR_AGENTICAI_ENABLED: 'true',
  }),
  password: ({ client }) =>
    client === undefined
      ? { variable: 'CAMUNDA_CLIENT_AUTH_PASSWORD', secret: FIXED_NAMES.camundaUsersSecret, key: FIXED_NAMES.connectorsPasswordKey }
      : { variable: 'CAMUNDA_CLIENT_AUTH_CLIENTSECRET', secret: FIXED_NAMES.oidcSecret, key: FIXED_NAMES.oidcKeys.connectors },
};

/** All versions know the address of the token, not all that of the issuer. */
function loginOf(client: OidcClient | undefined): { readonly [variable: string]: string } {
  if (client === undefined) return { CAMUNDA_CLIENT_AUTH_METHOD: 'basic', CAMUNDA_CLIENT_AUTH_USERNAME: FIXED_NAMES.connectorsUser };
  const { clientId, tokenUri, audience, scope } = client;
  return {
    CAMUNDA_CLIENT_AUTH_METHOD: 'oidc',
    CAMUNDA_CLIENT_AUTH_CLIENTID: clientId,
    CAMUNDA_CLIENT_AUTH_TOKENURL: tokenUri,
    CAMUNDA_CLIENT_AUTH_AUDIENCE: audience,
    ...(scope === undefined ? {} : { CAMUNDA_CLIENT_AUTH_SCOPE: scope }),
  };
}

const INBOUND_ON = { CAMUNDA_CONNECTOR_WEBHOOK_ENABLED: 'true', CAMUNDA_CONNECTOR_POLLING_ENABLED: 'true' };
const INBOUND_OFF = { CAMUNDA_CONNECTOR_WEBHOOK_ENABLED: 'false', CAMUNDA_CONNECTOR_POLLING_ENABLED: 'false' };
