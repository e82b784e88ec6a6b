import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { askApiServer } from './api-server';
import { namespaceOf } from './life';
import { secretOf } from './operators';
import type { OperatorFiles } from './search-configuration';

const { elasticsearch: CLUSTER, elasticsearchNodes: NODES } = FIXED_NAMES;

/** The names that the operator gives what it makes for pods of Elasticsearch. */
const SECRETS = {
  config: `${NODES}-es-config`,
  fileRealm: `${CLUSTER}-es-xpack-file-realm`,
  httpCertificates: `${CLUSTER}-es-http-certs-internal`,
  transportCertificates: `${NODES}-es-transport-certs`,
  remoteAuthorities: `${CLUSTER}-es-remote-ca`,
} as const;

interface Pod {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly nodeName: string;
    readonly containers: readonly { readonly name: string; readonly env: readonly Variable[] }[];
  };
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
}

/** What the operator has made for the first pod of Elasticsearch in a region. */
export async function operatorFiles(regionId: number): Promise<OperatorFiles> {
  const entries = Object.entries(SECRETS).map(async ([name, secret]) => [name, await secretOf(regionId, secret)] as const);
  const files = Object.fromEntries(await Promise.all(entries)) as Record<keyof typeof SECRETS, Readonly<Record<string, string>>>;
  return { ...files, variables: await variablesOf(regionId) };
}

/** Passwords of the users as their owners read them: Camunda in its Secret, a recovery in the operator's. */
export async function passwordsOf(regionId: number): Promise<Readonly<Record<'camunda' | 'elastic', string>>> {
  const { elasticsearchUserSecret, passwordKey, elasticsearchAdminSecret, elasticsearchAdminUser } = FIXED_NAMES;
  const [camunda, elastic] = await Promise.all([elasticsearchUserSecret, elasticsearchAdminSecret].map(name => secretOf(regionId, name)));
  return { camunda: camunda[passwordKey], elastic: elastic[elasticsearchAdminUser] };
}

/** Variables that settings name, as the kubelet would set them. */
async function variablesOf(regionId: number): Promise<Readonly<Record<string, string>>> {
  const pod = await askApiServer<Pod>(regionId, `/api/v1/namespaces/${namespaceOf(regionId)}/pods/${NODES}-0`);
  const { env } = pod.spec.containers.find(({ name }) => name === CLUSTER)!;
  const named = ['POD_NAME', 'NODE_NAME', 'NAMESPACE', 'HEADLESS_SERVICE_NAME', 'ZONE'];
  return Object.fromEntries(env.filter(({ name }) => named.includes(name)).map(variable => [variable.name, valueOf(variable, pod)]));
}

function valueOf({ name, value, valueFrom }: Variable, { metadata, spec }: Pod): string {
  if (value !== undefined) return value;
  const path = valueFrom?.fieldRef?.fieldPath ?? '';
  const annotation = /^metadata\.annotations\['(.+)'\]$/.exec(path)?.[1];
  const found = annotation
    ? metadata.annotations?.[annotation]
    : { 'metadata.name': metadata.name, 'metadata.namespace': metadata.namespace, 'spec.nodeName': spec.nodeName }[path];
  if (found === undefined) throw new Error(`${name} of pod ${metadata.name} has no value: ${path}`);
  return found;
}
