import type { Topology } from '../../../constructs/topology/topology';
import { containers, leaves, yamlFiles, type KubernetesObject } from '../manifests';
import { servicesOf, workloadsOf, type KnownService } from '../workloads';

/** A name inside the clusters that something in a pod refers to. */
export interface Address {
  readonly text: string;
  /** Parts of the name before the cluster's own domain. */
  readonly labels: readonly string[];
  readonly port?: number;
  readonly inCluster: boolean;
}

const CLUSTER_DOMAIN = /\.svc(\.cluster\.local)?\.?$/;
const HOST = /^(?:[a-z][a-z0-9+]*:\/\/)?([a-z0-9][a-z0-9.-]*?):(\d+)(?:\/.*)?$/;
const NAME_ONLY = /^[a-z0-9][a-z0-9.-]*\.svc\.cluster\.local\.?$/;
/** Variables that hold a Service's name by itself. */
const SERVICE_VARIABLE = /SERVICE_?NAME$|SERVICE_?URL$/;
/** Where everybody listens. */
const ANY_ADDRESS = '0.0.0.0';

/** Names with ports, and full names without, in variables, arguments and files of configuration. */
export function addressesIn(objects: readonly KubernetesObject[]): Address[] {
  const variables = containers(objects).flatMap(({ container }) => container.env ?? []);
  const values = leaves([
    containers(objects).map(({ container }) => [container.args, container.command]),
    variables.map(({ value }) => value),
    yamlFiles(objects),
  ])
    .filter(({ value }) => typeof value === 'string')
    .flatMap(({ value }) => String(value).split(/[\s,]+/));
  return [
    ...values.flatMap(text => {
      const match = HOST.exec(text);
      if (!match && !NAME_ONLY.test(text)) return [];
      return match?.[1] === ANY_ADDRESS ? [] : [addressOf(text, match?.[1] ?? text, match ? Number(match[2]) : undefined)];
    }),
    ...variables
      .filter(({ name, value }) => value !== undefined && SERVICE_VARIABLE.test(name))
      .map(({ value }) => addressOf(value!, value!)),
  ];
}

function addressOf(text: string, host: string, port?: number): Address {
  const labels = host.replace(CLUSTER_DOMAIN, '').split('.');
  return { text, labels, port, inCluster: labels.length === 1 || CLUSTER_DOMAIN.test(host) };
}

/** What can be addressed in a namespace. */
interface Directory {
  readonly services: ReadonlyMap<string, KnownService>;
  /** Full names of pods that have one. */
  readonly pods: ReadonlySet<string>;
}

/** Addresses that lead to no Service, to a port that it does not have, or to a pod that is never made. */
export function brokenAddresses(topology: Topology, rendered: readonly (readonly KubernetesObject[])[], regionId: number): string[] {
  const own = topology.regions[regionId].namespace;
  const directories = new Map(rendered.map((objects, id) => [topology.regions[id].namespace, directoryOf(objects)]));
  return [...new Set(addressesIn(rendered[regionId]).flatMap(address => brokenAddress(directories, own, address)))];
}

function directoryOf(objects: readonly KubernetesObject[]): Directory {
  const pods = workloadsOf(objects)
    .filter(({ kind }) => kind === 'StatefulSet')
    .flatMap(({ name, replicas, serviceName }) => Array.from({ length: replicas }, (_, ordinal) => `${name}-${ordinal}.${serviceName}`));
  return { services: new Map(servicesOf(objects).map(service => [service.name, service])), pods: new Set(pods) };
}

function brokenAddress(directories: ReadonlyMap<string, Directory>, own: string, { text, labels, port, inCluster }: Address): string[] {
  if (!inCluster) return [`${text} is outside of the cluster`];
  const namespace = labels.length > 1 ? labels[labels.length - 1] : own;
  const directory = directories.get(namespace);
  if (!directory) return [`${text}: no namespace ${namespace}`];
  const [name, pod] = labels.length > 2 ? [labels[1], labels[0]] : [labels[0], undefined];
  const service = directory.services.get(name);
  if (!service) return [`${text}: no Service ${name}`];
  return [
    ...(port === undefined || service.ports.some(candidate => candidate.port === port) ? [] : [`${text}: no port ${port}`]),
    ...(pod === undefined || directory.pods.has(`${pod}.${name}`) ? [] : [`${text}: no pod ${pod}`]),
  ];
}
