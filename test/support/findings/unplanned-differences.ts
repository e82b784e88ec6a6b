import { VARIABLES } from '../../../constructs/camunda/application/orchestration-environment';
import { ACCOUNT_PLACEHOLDER } from '../../../constructs/topology/plan/storage/snapshot-storage';
import type { RegionTopology, Topology } from '../../../constructs/topology/topology';
import type { KubernetesObject } from '../manifests';

interface Difference {
  readonly place: RegExp;
  /** What the topology puts there. */
  readonly value: (region: RegionTopology, peer: RegionTopology, context: { readonly name: string; readonly ofPeer: string }) => string;
  /** Whether other values may be there, if they are the same in both regions. */
  readonly orEqual?: boolean;
}

/** The only places that may differ between the regions, and what must be there. Entries of lists go by their names. */
const PLANNED: readonly Difference[] = [
  { place: /^[^.]*\.metadata\.namespace$/, value: region => region.namespace },
  { place: /^Namespace\/\.metadata\.name$/, value: region => region.namespace },
  { place: /^SecretStore\/[^.]*\.spec\.provider\.aws\.region$/, value: region => region.awsRegion },
  { place: /^Elasticsearch\/.*\.config\.s3\.client\.default\.region$/, value: region => region.awsRegion },
  {
    place: /^Elasticsearch\/.*\.config\.s3\.client\.default\.endpoint$/,
    value: region => `https://s3.${region.awsRegion}.amazonaws.com`,
  },
  { place: /^Elasticsearch\/.*\.env\.AWS_REGION\.value$/, value: region => region.awsRegion },
  {
    place: /^Elasticsearch\/.*\.env\.AWS_ROLE_ARN\.value$/,
    value: ({ account = ACCOUNT_PLACEHOLDER, awsRegion }, _, { name }) => `arn:aws:iam::${account}:role/${name}-elasticsearch-${awsRegion}`,
  },
  {
    place: /^NetworkPolicy\/[^.]*\.spec\.(ingress|egress)\.\d+\.(from|to)\.\d+\.ipBlock\.cidr$/,
    value: (_, peer) => peer.vpcCidr,
    orEqual: true,
  },
  {
    place: /^Certificate\/[^.]*\.spec\.dnsNames\.\d+$/,
    value: (region, peer, { ofPeer }) => labelsIn(ofPeer, label => (label === peer.namespace ? region.namespace : label)),
    orEqual: true,
  },
  {
    place: new RegExp(`^\\w+/.*\\.containers\\.\\w+\\.env\\.${VARIABLES.regionId}\\.value$`),
    value: region => String(region.regionId),
  },
];

function labelsIn(name: string, change: (label: string) => string): string {
  return name.split('.').map(change).join('.');
}

/** Where the objects of both regions differ and should not, or do not differ as the topology says. */
export function unplannedDifferences(topology: Topology, rendered: readonly (readonly KubernetesObject[])[]): string[] {
  const [first, second] = rendered.map(placesOf);
  const [region0, region1] = topology.regions;
  return [...new Set([...first.keys(), ...second.keys()])].flatMap(place => {
    const values = [first.get(place), second.get(place)];
    const planned = PLANNED.find(difference => difference.place.test(place));
    if (values[0] === values[1] && (!planned || planned.orEqual)) return [];
    const [ofFirst, ofSecond] = values.map(String);
    const { name } = topology;
    if (
      planned &&
      values[0] === planned.value(region0, region1, { name, ofPeer: ofSecond }) &&
      values[1] === planned.value(region1, region0, { name, ofPeer: ofFirst })
    )
      return [];
    return [`${place}: ${values.map(value => JSON.stringify(value)).join(' and ')}`];
  });
}

/** Places where the objects of both regions differ. */
export function differentPlaces(rendered: readonly (readonly KubernetesObject[])[]): string[] {
  const [first, second] = rendered.map(placesOf);
  return [...first.keys()].filter(place => first.get(place) !== second.get(place));
}

function placesOf(objects: readonly KubernetesObject[]): Map<string, unknown> {
  const places = new Map<string, unknown>();
  const visit = (value: unknown, place: string): void => {
    if (value === null || typeof value !== 'object') {
      places.set(place, value);
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      const name = Array.isArray(value) ? (child as { name?: unknown } | null)?.name : undefined;
      visit(child, `${place}.${typeof name === 'string' ? name : key}`);
    }
  };
  for (const object of objects) visit(object, `${object.kind}/${object.kind === 'Namespace' ? '' : object.metadata.name}`);
  return places;
}
