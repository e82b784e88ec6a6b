import { parse, stringify } from 'yaml';

/** Where the image has Elasticsearch. */
const IMAGE_HOME = '/usr/share/elasticsearch';

/**
 * Settings of a module that Maven does not serve: a node without it refuses them. By their full names, so that any other setting
 * that Elasticsearch does not know stops a node.
 */
const NOT_SERVED = ['default', 'region0', 'region1'].flatMap(client => ['region', 'endpoint'].map(name => `s3.client.${client}.${name}`));

type Files = Readonly<Record<string, string>>;

/** What the operator has made for the pods of Elasticsearch in one region, by where it is mounted. */
export interface OperatorFiles {
  readonly config: Files;
  readonly fileRealm: Files;
  readonly httpCertificates: Files;
  readonly transportCertificates: Files;
  readonly remoteAuthorities: Files;
  /** Variables of the container of the pod that the node stands for. */
  readonly variables: Files;
}

/** Where a node of the bed is. */
export interface NodePlace {
  readonly home: string;
  readonly port: number;
  readonly snapshotFolder: string;
}

/** All files of a node, by their path below its home: those of the pod, with what is another place in the bed. */
export function nodeFiles(made: OperatorFiles, place: NodePlace): Files {
  const { POD_NAME: pod, HEADLESS_SERVICE_NAME: service, NAMESPACE: namespace } = made.variables;
  return {
    'config/elasticsearch.yml': bedSettings(made.config['elasticsearch.yml'], pod, place),
    ...below('config', made.fileRealm),
    ...below('config/http-certs', made.httpCertificates),
    ...below('config/transport-certs', made.transportCertificates),
    ...below('config/transport-remote-certs', made.remoteAuthorities),
    // The other pods do not run: the node is alone.
    'config/unicast_hosts.txt': '',
    // Elasticsearch looks up the name that it publishes, which only the DNS of the cluster knows.
    hosts: `127.0.0.1 localhost ${pod}.${service}.${namespace}.svc\n`,
    environment: Object.entries({ ...made.variables, POD_IP: '127.0.0.1' })
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  };
}

/** The operator's settings, read as Elasticsearch reads YAML: a bare `OFF` is no text there. */
function bedSettings(yaml: string, pod: string, { home, port, snapshotFolder }: NodePlace): string {
  const settings = flat(parse(yaml.replaceAll(IMAGE_HOME, home), { version: '1.1' }));
  for (const name of NOT_SERVED) settings.delete(name);
  const bed = {
    'network.host': '127.0.0.1',
    'http.port': port,
    'transport.port': port + 100,
    'readiness.port': port + 200,
    'path.repo': [snapshotFolder],
    'cluster.initial_master_nodes': [pod],
  };
  for (const [name, value] of Object.entries(bed)) settings.set(name, value);
  return stringify(Object.fromEntries(settings), { version: '1.1' });
}

function flat(value: unknown, path: readonly string[] = []): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map([[path.join('.'), value]]);
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...flat(inner, [...path, key])]));
}

function below(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
}
