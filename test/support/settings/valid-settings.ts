import fc from 'fast-check';
import { cidrsOverlap, cidrText, parseCidr, partOf, type Cidr } from '../../../constructs/topology/plan/cidr';
import { MAX_NODES_PER_ZONE } from '../../../constructs/topology/plan/node-groups';
import { brokerMemoryFor, brokerSizing } from '../../../constructs/topology/plan/sizing';
import { ZONE_COUNT } from '../../../constructs/topology/plan/subnets';
import type { OrchestrationSettings } from '../../../constructs/topology/settings/orchestration';
import { resolveSettings } from '../../../constructs/topology/settings/resolve-settings';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { exampleZones, zonesIn } from '../../../constructs/topology/versions/availability-zones';
import { partitionOf } from '../../../constructs/topology/versions/aws-partitions';
import { AWS_REGIONS } from '../../../constructs/topology/versions/aws-regions';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { KUBERNETES_VERSIONS } from '../../../constructs/topology/versions/kubernetes-versions';
import { roundTripBetween } from '../../../constructs/topology/versions/round-trip';

/** Valid, and yet trouble: what YAML takes for something else, what begins like a setting, what is as long as it may be. */
const AWKWARD_NAMES = ['a', 'y', 'no', 'null', 'true', 'e1', 'a--b', 'es-setting', 'elasticsearch', 'a-name-of-20-letters'];
const AWKWARD_NAMESPACES = ['0', '12', '1e3', 'null', 'yes', '0x1f', 'camunda', 'elasticsearch', 'a'.repeat(63), `${'0-'.repeat(31)}0`];

const name = oftenOneOf(AWKWARD_NAMES, fc.stringMatching(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/));
const namespace = oftenOneOf(AWKWARD_NAMESPACES, fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)).filter(
  text => !['default', 'elastic-system', 'external-secrets'].includes(text) && !text.startsWith('kube-'),
);

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(text => parseCidr(text)!);
const CARRIER_GRADE_NAT = parseCidr('100.64.0.0/10')!;

function range(within: readonly Cidr[], longest: number, shortest: number): fc.Arbitrary<Cidr> {
  return fc.tuple(fc.constantFrom(...within), fc.integer({ min: longest, max: shortest }), fc.nat()).map(([block, prefix, index]) => {
    const size = Math.max(prefix, block.prefix);
    return partOf(block, size, index % 2 ** (size - block.prefix));
  });
}

const vpc = range([...PRIVATE, CARRIER_GRADE_NAT], 16, 22);
const service = range(PRIVATE, 12, 24);
/** VPC and Services of region 0, then of region 1. */
const ranges = fc
  .tuple(vpc, service, vpc, service)
  .filter(cidrs => cidrs.every((cidr, i) => cidrs.slice(0, i).every(earlier => !cidrsOverlap(cidr, earlier))))
  .map(cidrs => cidrs.map(cidrText));

const awsRegions = fc
  .uniqueArray(fc.constantFrom(...AWS_REGIONS.filter(one => zonesIn(one).tooFew === undefined)), { minLength: 2, maxLength: 2 })
  .filter(([a, b]) => partitionOf(a) === partitionOf(b));

function zonesOf(awsRegion: string): { readonly availabilityZones?: string[] } {
  return zonesIn(awsRegion).unsuitable === undefined ? {} : { availabilityZones: exampleZones(awsRegion) };
}

function resources(
  leastMemory: number,
  mostCpu: number,
  mostMemory: number,
): fc.Arbitrary<NonNullable<OrchestrationSettings['resources']>> {
  return fc
    .record(
      {
        cpuMillis: fc.integer({ min: 100, max: mostCpu }),
        more: fc.integer({ min: 0, max: 2000 }),
        memoryMiB: fc.integer({ min: leastMemory, max: mostMemory }),
      },
      { requiredKeys: [] },
    )
    .map(({ cpuMillis, more, memoryMiB }) => ({
      ...(cpuMillis === undefined ? {} : { cpuMillis }),
      // The defaults request one core.
      ...(more === undefined ? {} : { cpuLimitMillis: (cpuMillis ?? 1000) + more }),
      ...(memoryMiB === undefined ? {} : { memoryMiB }),
    }));
}

const volumeGiB = fc.integer({ min: 8, max: 16384 });

/** Brokers of both regions, sometimes more than anybody runs. */
const clusterSize = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 2, max: 12 }) },
  { weight: 3, arbitrary: fc.integer({ min: 13, max: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: 61, max: 150 }) },
);

interface Workloads {
  readonly settings: Partial<DualRegionSettings>;
  readonly podsApart: number;
}

const workloads: fc.Arbitrary<Workloads> = fc
  .record({
    version: fc.constantFrom(...Object.keys(CAMUNDA_VERSIONS)),
    half: clusterSize,
    partitionCount: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
    nodesPerRegion: fc.oneof(fc.constant(3), fc.integer({ min: 3, max: 60 })),
    broker: resources(2048, 8000, 16384),
    search: resources(2048, 8000, 16384),
    connectors: fc.record(
      { enabled: fc.boolean(), replicas: fc.integer({ min: 1, max: 50 }), resources: resources(512, 1500, 4096) },
      { requiredKeys: [] },
    ),
    volumes: fc.tuple(volumeGiB, volumeGiB),
    dnsGateTimeoutSeconds: fc.integer({ min: 0, max: 3600 }),
    images: fc.record(
      {
        registry: fc.constantFrom(
          'registry.example.com',
          'registry.example.com:5000/mirror',
          '123456789012.dkr.ecr.eu-west-2.amazonaws.com/a_b',
        ),
        patches: fc.tuple(fc.nat({ max: 99 }), fc.constantFrom('', '-alpha1', '_x')),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ version, half, partitionCount, nodesPerRegion, broker, search, connectors, volumes, dnsGateTimeoutSeconds, images }) => {
    const { registry, patches } = images;
    const tag = patches && `${version}.${patches[0]}${patches[1]}`;
    return {
      podsApart: Math.max(half, nodesPerRegion),
      settings: {
        camunda: { version, clusterSize: 2 * half, ...(partitionCount === undefined ? {} : { partitionCount }) },
        orchestration: { resources: broker, volumeGiB: volumes[0], dnsGateTimeoutSeconds },
        connectors,
        elasticsearch: { nodesPerRegion, resources: search, volumeGiB: volumes[1] },
        images: { ...(registry && { registry }), ...(tag && { camundaTag: tag, connectorsTag: tag }) },
      },
    };
  });

/** Any configuration that breaks no rule. */
export const validSettings: fc.Arbitrary<DualRegionSettings> = fc
  .record({
    name: fc.option(name, { nil: undefined }),
    activeRegion: fc.constantFrom(undefined, 0, 1),
    namespaces: fc.uniqueArray(namespace, { minLength: 2, maxLength: 2 }),
    awsRegions,
    ranges,
    workloads,
    // The last one is of a family whose capacity nobody knows.
    instanceType: fc.constantFrom('m6i.32xlarge', 'r7i.24xlarge', 'x2iedn.32xlarge'),
    spare: fc.nat({ max: 2 }),
    kubernetes: fc.constantFrom(...Object.keys(KUBERNETES_VERSIONS)),
    retainVolumes: fc.boolean(),
    backup: fc.boolean(),
  })
  .map(({ namespaces, awsRegions: [a, b], ranges: cidrs, workloads: { settings, podsApart }, ...rest }) => ({
    ...(rest.name === undefined ? {} : { name: rest.name }),
    ...(rest.activeRegion === undefined ? {} : { activeRegion: rest.activeRegion }),
    regions: [
      { awsRegion: a, ...zonesOf(a), vpcCidr: cidrs[0], serviceCidr: cidrs[1], namespace: namespaces[0] },
      { awsRegion: b, ...zonesOf(b), vpcCidr: cidrs[2], serviceCidr: cidrs[3], namespace: namespaces[1] },
    ],
    ...settings,
    kubernetes: { version: rest.kubernetes },
    nodes: { instanceType: rest.instanceType, perZone: Math.min(Math.ceil(podsApart / ZONE_COUNT) + rest.spare, MAX_NODES_PER_ZONE) },
    acknowledgedRoundTripMs: roundTripBetween(a, b).milliseconds ?? 0,
    retainVolumes: rest.retainVolumes,
    backup: { enabled: rest.backup },
  }))
  .map(largeEnough);

/** Memory and a volume that hold the replicas which land on a broker. */
function largeEnough(settings: DualRegionSettings): DualRegionSettings {
  const resolved = resolveSettings(settings);
  const { rocksDbMiB, leastVolumeMiB } = brokerSizing(resolved);
  const { resources, volumeGiB: volume } = resolved.orchestration;
  return {
    ...settings,
    orchestration: {
      ...settings.orchestration,
      resources: {
        ...settings.orchestration?.resources,
        memoryMiB: Math.max(resources.memoryMiB, brokerMemoryFor(rocksDbMiB).leastMiB),
      },
      volumeGiB: Math.max(volume, Math.floor(leastVolumeMiB / 1024) + 1),
    },
  };
}

function oftenOneOf(awkward: readonly string[], any: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...awkward) }, { weight: 2, arbitrary: any });
}
