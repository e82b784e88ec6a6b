import type { RegionSettings } from '../../../constructs/topology/settings/regions';

/** Zones of both regions, by what stands beside the version. */
const ZONES: Readonly<Record<string, readonly RegionSettings['zone'][]>> = {
  // Called like the AWS regions: the coordinator is in region 0.
  zones: [undefined, undefined],
  // The coordinator is in region 1, and so are leaders.
  'zones-reversed': [
    { name: 'zone-b', priority: 500 },
    { name: 'zone-a', priority: 1000 },
  ],
  // Leaders are shared.
  'zones-equal': [
    { name: 'zone-a', priority: 700 },
    { name: 'zone-b', priority: 700 },
  ],
};

/** `8.10`, or `8.10-zones` for one of its clusters with zones: each is tried as if it were a version. */
export function versionOf(text: string): { readonly version: string; readonly zones?: readonly RegionSettings['zone'][] } {
  const [version, ...kind] = text.split('-');
  return kind.length === 0 ? { version } : { version, zones: ZONES[kind.join('-')] };
}
