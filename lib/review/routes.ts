import { cidrContains, cidrsOverlap, parseCidr, type Cidr } from '../../constructs/topology/plan/cidr';
import type { Coverage } from './coverage';
import { textOf, type StackResource, type Templates } from './template';

/** A route in a route table. */
export interface Route {
  readonly name: string;
  readonly routeTable?: string;
  /** The range that it is for. Undefined if the template does not tell. */
  readonly destination?: Cidr;
  readonly destinationText: string;
  /** The peering connection, if it leads there. */
  readonly peering?: string;
}

/** All routes of a region. */
export function routesOf(templates: Templates, awsRegion: string): Route[] {
  return templates.resources(awsRegion, 'AWS::EC2::Route').map(resource => routeOf(templates, resource));
}

function routeOf(templates: Templates, { name, properties, stack }: StackResource): Route {
  const destination = properties.DestinationCidrBlock ?? properties.DestinationIpv6CidrBlock ?? properties.DestinationPrefixListId;
  return {
    name,
    routeTable: templates.identify(properties.RouteTableId, stack),
    destination: parseCidr(destination),
    destinationText: textOf(destination),
    peering: properties.VpcPeeringConnectionId === undefined ? undefined : pointedAt(templates, properties.VpcPeeringConnectionId, stack),
  };
}

/** A connection that cannot be identified still is one, and must not look like no peering at all. */
function pointedAt(templates: Templates, value: StackResource['properties'][string], stack: StackResource['stack']): string {
  return templates.identify(value, stack) ?? 'an unknown connection';
}

/**
 * How much of a range a route table sends over a peering connection. The most specific route wins.
 */
export function routed(routes: readonly Route[], target: Cidr, peering: string): Coverage {
  const relevant = routes.filter((route): route is Route & { readonly destination: Cidr } =>
    Boolean(route.destination && cidrsOverlap(route.destination, target)),
  );
  const around = relevant.filter(route => cidrContains(route.destination, target));
  const inside = relevant.filter(route => !cidrContains(route.destination, target));
  const best = around.reduce<(typeof around)[number] | undefined>(
    (winner, route) => (winner && winner.destination.prefix >= route.destination.prefix ? winner : route),
    undefined,
  );
  if (best?.peering === peering) return inside.every(route => route.peering === peering) ? 'all' : 'part';
  return inside.some(route => route.peering === peering) ? 'part' : 'none';
}
