import { show } from '../../rules/judging/problem';
import { DocumentReader, type Field } from './document-reader';
import { RECOVERY_SCHEMA_VERSION, type RecoveryPartition, type RecoveryRegion, type RecoveryTopology } from './recovery-topology';

/**
 * A document that is not a recovery topology. All that is wrong with it is in the message.
 *
 * @internal
 */
export class RecoveryTopologyError extends Error {
  public override readonly name = 'RecoveryTopologyError';

  public constructor(
    source: string,
    public readonly findings: readonly string[],
  ) {
    super(
      `${source} is not a recovery topology that this program can use:\n${findings.map(finding => `  - ${finding}`).join('\n')}\n` +
        `render it again from the configuration of the deployment: 'camunda-dual-region manifests'`,
    );
  }
}

/**
 * One line per region, partition and exporter: people compare it, and it must fit into a ConfigMap however large the cluster is.
 *
 * @internal
 */
export function recoveryTopologyText(topology: RecoveryTopology): string {
  const members = Object.entries(topology).map(([name, value]: [string, unknown]) => {
    const lines = Array.isArray(value)
      ? `[\n${value.map(entry => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`
      : JSON.stringify(value);
    return `  ${JSON.stringify(name)}: ${lines}`;
  });
  return `{\n${members.join(',\n')}\n}\n`;
}

/**
 * Reads a document strictly: unknown fields, wrong kinds and a table that does not hold together are errors, all of them at
 * once. A recovery that begins with a wrong idea of the cluster removes the wrong half of it.
 *
 * @internal
 */
export function parseRecoveryTopology(text: string, source: string): RecoveryTopology {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RecoveryTopologyError(source, [`not JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const version = typeof value === 'object' && value !== null ? (value as { readonly schemaVersion?: unknown }).schemaVersion : undefined;
  if (typeof version === 'number' && version > RECOVERY_SCHEMA_VERSION) {
    throw new RecoveryTopologyError(source, [
      `'schemaVersion' is ${version}, newer than the ${RECOVERY_SCHEMA_VERSION} that this program knows; use the program of the release that deployed it`,
    ]);
  }
  const reader = new DocumentReader();
  reader.read(value, version === NUMBERED_VERSION ? NUMBERED_DOCUMENT : DOCUMENT, '');
  if (reader.findings.length > 0) throw new RecoveryTopologyError(source, reader.findings);
  const topology = version === NUMBERED_VERSION ? named(value as NumberedTopology) : (value as RecoveryTopology);
  const findings = incoherent(topology);
  if (findings.length > 0) throw new RecoveryTopologyError(source, findings);
  return topology;
}

const text: Field = { kind: 'string' };
const count: Field = { kind: 'integer', least: 1 };
const regionId: Field = { kind: 'integer', least: 0 };
const brokerId: Field = { kind: 'string', pattern: /^([a-z0-9][a-z0-9-]*_)?\d+$/ };
const zone: Field = {
  kind: 'mapping',
  fields: { name: { kind: 'string', pattern: /^[a-z0-9][a-z0-9-]*$/ }, numberOfReplicas: count, priority: count },
};
const list = (of: Field, least = 0): Field => ({ kind: 'list', of, least });
const user: Field = { kind: 'mapping', fields: { name: text, secretName: text, key: text } };
const client: Field = {
  kind: 'mapping',
  fields: { clientId: text, tokenUri: { kind: 'string', pattern: /^https:\/\// }, audience: text, secretName: text, key: text },
  optional: { scope: text },
};
const request = (names: readonly string[]): { readonly [name: string]: Field } => ({
  method: { kind: 'choice', of: ['PATCH', 'POST', 'DELETE'] },
  path: { kind: 'string', pattern: /^\/actuator\/[a-z/]+(\{zone\})?$/ },
  names: { kind: 'choice', of: names },
});

/** A document of a version, and how it names brokers. */
const documentOf = (schemaVersion: number, broker: Field, brokerName: string): Field => ({
  kind: 'mapping',
  fields: {
    schemaVersion: { kind: 'choice', of: [schemaVersion] },
    name: text,
    camundaVersion: { kind: 'string', pattern: /^\d+\.\d+$/ },
    dialect: {
      kind: 'mapping',
      fields: {
        failover: { kind: 'mapping', fields: request(['remaining', 'removed', 'zone']) },
        failback: {
          kind: 'mapping',
          fields: { ...request(['all', 'added', 'zone']), applicationsReturn: { kind: 'choice', of: ['before-exporters', 'last'] } },
        },
      },
    },
    replicationFactor: count,
    tls: { kind: 'boolean' },
    ports: { kind: 'mapping', fields: { management: count, rest: count, elasticsearch: count } },
    regions: list(
      {
        kind: 'mapping',
        fields: {
          regionId,
          awsRegion: text,
          namespace: text,
          brokers: list({ kind: 'mapping', fields: { [brokerName]: broker, podName: text } }, 1),
          statefulSet: text,
          deployments: { kind: 'mapping', fields: { gateways: list(text), applications: list(text), importers: list(text) } },
          networkPolicies: { kind: 'mapping', fields: { members: list(text, 1), denyAll: text } },
          gateway: { kind: 'mapping', fields: { service: text, selector: text } },
          elasticsearch: { kind: 'mapping', fields: { service: text, selector: text, user } },
        },
        optional: { zone, snapshotRepository: { kind: 'mapping', fields: { type: text, settings: { kind: 'strings' } } } },
      },
      2,
    ),
    partitions: list({ kind: 'mapping', fields: { partitionId: count, replicas: list(broker, 1) } }, 1),
    exporters: list({ kind: 'mapping', fields: { exporterId: text, regionId, kind: text } }, 1),
  },
  optional: {
    recreatedRegion: regionId,
    restUser: user,
    restClient: client,
    traffic: { kind: 'mapping', fields: { hostName: text } },
    furtherExporters: list({ kind: 'mapping', fields: { exporterId: text }, optional: { regionId } }, 1),
  },
});

const DOCUMENT = documentOf(RECOVERY_SCHEMA_VERSION, brokerId, 'brokerId');

/** What deployments of an earlier release hold: brokers are numbers. */
const NUMBERED_VERSION = 1;
const NUMBERED_DOCUMENT = documentOf(NUMBERED_VERSION, regionId, 'nodeId');

interface NumberedTopology extends Omit<RecoveryTopology, 'regions' | 'partitions'> {
  readonly regions: readonly (Omit<RecoveryRegion, 'brokers'> & {
    readonly brokers: readonly { readonly nodeId: number; readonly podName: string }[];
  })[];
  readonly partitions: readonly (Omit<RecoveryPartition, 'replicas'> & { readonly replicas: readonly number[] })[];
}

function named(topology: NumberedTopology): RecoveryTopology {
  return {
    ...topology,
    schemaVersion: RECOVERY_SCHEMA_VERSION,
    regions: topology.regions.map(region => ({
      ...region,
      brokers: region.brokers.map(({ nodeId, podName }) => ({ brokerId: String(nodeId), podName })),
    })),
    partitions: topology.partitions.map(partition => ({ ...partition, replicas: partition.replicas.map(String) })),
  };
}

/** Brokers that are numbered over all regions, and called by their numbers. */
function numberFindings({ regions, dialect }: RecoveryTopology): string[] {
  return [
    ...[dialect.failover, dialect.failback].flatMap(({ path, names }) =>
      names === 'zone' || path.includes('{zone}') ? [`'dialect' must not name a zone where no region has one, got ${show(path)}`] : [],
    ),
    ...regions.flatMap(({ regionId: id, brokers }) =>
      brokers.flatMap(({ brokerId: broker }) => {
        const due = Number(broker) % regions.length;
        return due === id ? [] : [`broker ${broker} must be in region ${due}: node ids are ordinal x ${regions.length} + region id`];
      }),
    ),
  ];
}

/** Brokers that have the name of their zone. */
function zoneFindings({ regions, dialect }: RecoveryTopology): string[] {
  const names = regions.map(region => region.zone?.name);
  return [
    ...(new Set(names).size < regions.length || names.includes(undefined)
      ? [`'regions' must have a zone each, of different names, got ${show(names)}`]
      : []),
    ...[dialect.failover, dialect.failback].flatMap(({ path, names: named }) =>
      named === 'zone' && path.endsWith('/{zone}') ? [] : [`'dialect' must name the zone, as regions have one, got ${show(path)}`],
    ),
    ...regions.flatMap(region =>
      region.brokers.flatMap(({ brokerId: broker }, ordinal) =>
        broker === `${region.zone?.name}_${ordinal}`
          ? []
          : [`broker ${broker} of region ${region.regionId} must be ${region.zone?.name}_${ordinal}: its zone and its ordinal`],
      ),
    ),
  ];
}

/** What the fields say together. */
function incoherent(topology: RecoveryTopology): string[] {
  const { regions, partitions, exporters, replicationFactor, recreatedRegion } = topology;
  const findings: string[] = [];
  const ids = regions.map(region => region.regionId);
  if (ids.some((id, i) => id !== i)) findings.push(`'regions' must be region 0, 1 and so on in order, got ${show(ids)}`);
  const regionOf = new Map(regions.flatMap(region => region.brokers.map(broker => [broker.brokerId, region.regionId] as const)));
  const brokers = regions.flatMap(region => region.brokers);
  if (regionOf.size !== brokers.length) findings.push(`'regions' must name each broker once, got ${show(brokers.map(b => b.brokerId))}`);
  findings.push(...(regions.some(region => region.zone !== undefined) ? zoneFindings(topology) : numberFindings(topology)));
  for (const { regionId: id, networkPolicies } of regions) {
    const { members, denyAll } = networkPolicies;
    if (members.includes(denyAll)) {
      findings.push(
        `'networkPolicies.members' of region ${id} must not name ${show(denyAll)}, the one that denies everything: without it, all is open`,
      );
    }
  }
  const perRegion = replicationFactor / regions.length;
  for (const { partitionId, replicas } of partitions) {
    const counts = regions.map(region => replicas.filter(id => regionOf.get(id) === region.regionId).length);
    if (counts.some(had => had !== perRegion) || new Set(replicas).size !== replicas.length) {
      findings.push(`partition ${partitionId} must have ${perRegion} replicas in each region, got brokers ${show(replicas)}`);
    }
  }
  for (const kind of new Set(exporters.map(exporter => exporter.kind))) {
    const served = exporters.filter(exporter => exporter.kind === kind).map(exporter => exporter.regionId);
    if (served.length !== regions.length || ids.some(id => !served.includes(id))) {
      findings.push(`'exporters' must have one of ${show(kind)} for each region, got regions ${show(served)}`);
    }
  }
  if (recreatedRegion !== undefined && !ids.includes(recreatedRegion)) {
    findings.push(`'recreatedRegion' must be one of the regions ${show(ids)}, got ${show(recreatedRegion)}`);
  }
  return findings;
}
