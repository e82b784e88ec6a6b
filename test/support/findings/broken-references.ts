import { awsSecretNames } from '../../../constructs/topology/plan/names';
import { planOf } from '../../../constructs/topology/plan-of';
import type { Topology } from '../../../constructs/topology/topology';
import { at, leaves, type Container, type KubernetesObject, type Labels } from '../manifests';
import { ELASTICSEARCH_PORT, secretKeysOf, selects, servicesOf, workloadsOf, type Workload } from '../workloads';
import { brokenAddresses } from './broken-addresses';

/** Everything of both regions, by region id. */
export type RenderedRegions = readonly (readonly KubernetesObject[])[];

type Reference = { readonly name: string; readonly key?: string; readonly optional?: boolean };

/** What a region's objects refer to and nobody makes, and what selects nothing or too much. */
export function brokenReferences(topology: Topology, rendered: RenderedRegions, regionId: number): string[] {
  const objects = rendered[regionId];
  const workloads = workloadsOf(objects);
  return [
    ...workloads.flatMap(workload => [
      ...brokenKeys(objects, workload),
      ...brokenVolumes(workload),
      ...brokenPorts(workload),
      ...brokenPlacement(workload),
      ...missing(objects, 'ServiceAccount', workload.template.spec.serviceAccountName).map(finding => `${workload.owner}: ${finding}`),
    ]),
    ...brokenSelectors(objects, workloads),
    ...brokenSecrets(topology, regionId, objects),
    ...leaves(objects)
      .filter(({ path }) => path.endsWith('storageClassName'))
      .flatMap(({ value }) => missing(objects, 'StorageClass', value)),
    ...brokenAddresses(topology, rendered, regionId),
  ];
}

function missing(objects: readonly KubernetesObject[], kind: string, name: unknown): string[] {
  return objects.some(object => object.kind === kind && object.metadata.name === name) ? [] : [`no ${kind} ${String(name)}`];
}

export function containersOf({ template }: Workload): Container[] {
  return [...(template.spec.initContainers ?? []), ...template.spec.containers];
}

/** Secrets and ConfigMaps that the pods read, with the keys. */
function brokenKeys(objects: readonly KubernetesObject[], workload: Workload): string[] {
  const made: Readonly<Record<string, ReadonlyMap<string, readonly string[]>>> = {
    Secret: secretKeysOf(objects),
    ConfigMap: new Map(
      objects.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata, data }) => [metadata.name, Object.keys(data as Labels)]),
    ),
  };
  const check = (kind: string, { name, key, optional }: Reference): string[] => {
    if (optional) return [];
    const keys = made[kind].get(name);
    if (!keys) return [`${workload.owner}: no ${kind} ${name}`];
    return key === undefined || keys.includes(key) ? [] : [`${workload.owner}: no key ${key} in ${kind} ${name}`];
  };
  const variables = containersOf(workload).flatMap(({ env = [], envFrom = [] }) => [
    ...env.flatMap(({ valueFrom }) => [
      ...optionalOf<Reference>(valueFrom, 'secretKeyRef').flatMap(reference => check('Secret', reference)),
      ...optionalOf<Reference>(valueFrom, 'configMapKeyRef').flatMap(reference => check('ConfigMap', reference)),
    ]),
    ...(envFrom as object[]).flatMap(source => [
      ...optionalOf<Reference>(source, 'secretRef').flatMap(reference => check('Secret', reference)),
      ...optionalOf<Reference>(source, 'configMapRef').flatMap(reference => check('ConfigMap', reference)),
    ]),
  ]);
  const files = (workload.template.spec.volumes ?? []).flatMap(volume => {
    const [kind, source] = volume.secret ? ['Secret', volume.secret] : ['ConfigMap', volume.configMap];
    if (!source) return [];
    const { name, secretName, items, optional } = source as {
      name: string;
      secretName: string;
      items?: { key: string; path: string }[];
      optional?: boolean;
    };
    const mounts = containersOf(workload).flatMap(container => (container.volumeMounts ?? []).filter(mount => mount.name === volume.name));
    // A file that is mounted by itself must be there: Kubernetes would make an empty folder of its name.
    const paths = mounts.flatMap(({ subPath }) => subPath ?? []);
    const keys = [...(items ?? []).map(item => item.key), ...(items ? [] : paths)];
    const strangers = items ? paths.filter(path => !items.some(item => item.path === path)) : [];
    return [
      ...check(kind, { name: secretName ?? name, optional }),
      ...keys.flatMap(key => check(kind, { name: secretName ?? name, key, optional })),
      ...strangers.map(path => `${workload.owner}: no file ${path} in volume ${volume.name}`),
    ];
  });
  return [...new Set([...variables, ...files])];
}

function brokenVolumes(workload: Workload): string[] {
  const volumes = [...(workload.template.spec.volumes ?? []).map(({ name }) => name), ...workload.claims];
  const mounted = containersOf(workload).flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name));
  return [
    ...mounted.filter(name => !volumes.includes(name)).map(name => `${workload.owner}: no volume ${name}`),
    // The operator mounts the claims of its own pods.
    ...(workload.owner.startsWith('Elasticsearch/') ? [] : volumes.filter(name => !mounted.includes(name))).map(
      name => `${workload.owner}: nothing mounts volume ${name}`,
    ),
  ];
}

/** Probes of ports that the container does not have. */
function brokenPorts(workload: Workload): string[] {
  return containersOf(workload).flatMap(container => {
    const ports = (container.ports ?? []).flatMap(({ name, containerPort }) => [name, containerPort]);
    return ['readinessProbe', 'livenessProbe', 'startupProbe']
      .flatMap(probe => ['httpGet', 'tcpSocket', 'grpc'].flatMap(action => optionalOf<string | number>(container[probe], action, 'port')))
      .filter(port => !ports.includes(port))
      .map(port => `${workload.owner}: container ${container.name} has no port ${port} to probe`);
  });
}

/** Placement by labels that the own pods do not have would place nothing. */
function brokenPlacement({ owner, template, labels }: Workload): string[] {
  const { affinity, topologySpreadConstraints } = template.spec;
  return leavesNamed<{ matchLabels?: Labels }>([affinity, topologySpreadConstraints], 'labelSelector')
    .filter(({ matchLabels }) => !matchLabels || Object.keys(matchLabels).length === 0 || !selects(matchLabels, labels))
    .map(selector => `${owner}: placed by labels that its pods do not have: ${JSON.stringify(selector)}`);
}

function brokenSelectors(objects: readonly KubernetesObject[], workloads: readonly Workload[]): string[] {
  const findings: string[] = [];
  const only = (what: string, selector: Labels | undefined, owner?: string): Workload[] => {
    const found = workloads.filter(({ labels }) => selector && Object.keys(selector).length > 0 && selects(selector, labels));
    if (found.length !== 1 || (owner && found[0].owner !== owner)) {
      findings.push(`${what} selects ${found.map(workload => workload.owner).join(', ') || 'nothing'}`);
    }
    return found;
  };
  for (const object of objects) {
    const what = `${object.kind}/${object.metadata.name}`;
    if (['StatefulSet', 'Deployment', 'DaemonSet'].includes(object.kind)) only(what, at(object, 'spec', 'selector', 'matchLabels'), what);
    if (object.kind === 'PodDisruptionBudget') only(what, at(object, 'spec', 'selector', 'matchLabels'));
    if (object.kind === 'Elasticsearch') only(what, at(object, 'spec', 'podDisruptionBudget', 'spec', 'selector', 'matchLabels'), what);
  }
  for (const { name, selector, ports } of servicesOf(objects)) {
    for (const workload of only(`Service/${name}`, selector)) {
      const open = containersOf(workload).flatMap(({ ports: own = [] }) =>
        own.flatMap(port => [port.name, port.containerPort] as (string | number)[]),
      );
      if (workload.owner.startsWith('Elasticsearch/')) open.push(ELASTICSEARCH_PORT);
      for (const { port, targetPort } of ports) {
        if (!open.includes(targetPort ?? port)) findings.push(`Service/${name}: ${workload.owner} has no port ${targetPort ?? port}`);
      }
    }
  }
  for (const { owner, kind, serviceName, labels } of workloads) {
    if (kind !== 'StatefulSet') continue;
    const service = servicesOf(objects).find(({ name }) => name === serviceName);
    if (!service || !selects(service.selector, labels)) findings.push(`${owner}: no Service ${serviceName} of its pods`);
  }
  return findings;
}

/** Secrets of AWS that do not exist or come from elsewhere, and Secrets that the operator of Elasticsearch looks for. */
function missingKeys(secrets: ReadonlyMap<string, readonly string[]>, secretName: string, needed: readonly string[]): string[] {
  return needed.filter(key => !secrets.get(secretName)?.includes(key)).map(key => `no key ${key} in Secret ${secretName}`);
}

function brokenSecrets(topology: Topology, regionId: number, objects: readonly KubernetesObject[]): string[] {
  const region = topology.regions[regionId];
  // The one with the licence key is the user's.
  const known: unknown[] = [...Object.values(awsSecretNames(topology.name)), planOf(topology).settings.camunda.licenseSecretName];
  const keys = secretKeysOf(objects);
  const wanted: Readonly<Record<string, string[]>> = { fileRealm: ['username', 'password', 'roles'], roles: ['roles.yml'] };
  return objects.flatMap(object => {
    const what = `${object.kind}/${object.metadata.name}`;
    if (object.kind === 'SecretStore') {
      const awsRegion = at<string>(object, 'spec', 'provider', 'aws', 'region');
      return awsRegion === region.awsRegion ? [] : [`${what} reads ${awsRegion}`];
    }
    if (object.kind === 'Certificate')
      return missing(objects, 'Issuer', at(object, 'spec', 'issuerRef', 'name')).map(finding => `${what}: ${finding}`);
    if (object.kind === 'Issuer')
      return missingKeys(keys, at(object, 'spec', 'ca', 'secretName'), ['tls.crt', 'tls.key']).map(finding => `${what}: ${finding}`);
    if (object.kind === 'Elasticsearch') {
      const certificate = optionalOf<string>(object, 'spec', 'http', 'tls', 'certificate', 'secretName');
      const auth = at<{ [list: string]: { secretName: string }[] }>(object, 'spec', 'auth');
      return [
        ...Object.entries(wanted).flatMap(([list, needed]) =>
          auth[list].flatMap(({ secretName }) => missingKeys(keys, secretName, needed)),
        ),
        ...certificate.flatMap(secretName => missingKeys(keys, secretName, ['tls.crt', 'tls.key'])),
      ].map(finding => `${what}: ${finding}`);
    }
    if (object.kind !== 'ExternalSecret') return [];
    const data = at<{ secretKey: string; remoteRef: { key: string } }[]>(object, 'spec', 'data');
    const templates = leaves(at(object, 'spec', 'target', 'template', 'data') ?? {}).map(({ value }) => String(value));
    const used = templates.flatMap(text => [...text.matchAll(/\{\{\s*\.(\S+)\s*\}\}/g)].map(match => match[1]));
    return [
      ...missing(objects, 'SecretStore', at(object, 'spec', 'secretStoreRef', 'name')).map(finding => `${what}: ${finding}`),
      ...data
        .filter(({ remoteRef }) => !known.includes(remoteRef.key))
        .map(({ remoteRef }) => `${what}: no secret ${remoteRef.key} in AWS`),
      ...used
        .filter(key => !data.some(({ secretKey }) => secretKey === key))
        .map(key => `${what}: its template uses ${key}, which it does not fetch`),
    ];
  });
}

function optionalOf<T>(value: unknown, ...path: string[]): T[] {
  const found = at<T | undefined>(value, ...path);
  return found === undefined ? [] : [found];
}

function leavesNamed<T>(value: unknown, name: string): T[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, child]) => (key === name ? [child as T] : leavesNamed<T>(child, name)));
}
