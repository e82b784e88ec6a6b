import { REGION_NAME, type RegionSettings } from '../settings/regions';
import type { ResolvedSettings } from '../settings/resolved-settings';
import { isTextOf } from '../settings/rows/value-kinds';
import { AWS_REGIONS } from '../versions/aws-regions';
import { warningOf, type Problem } from './judging/problem';

/** An address with the setting that holds it. */
interface Placed {
  readonly setting: string;
  readonly value: unknown;
}

/**
 * Registries that are in another AWS region than what is pulled from them.
 *
 * @internal
 */
export function registryProblems(settings: ResolvedSettings): Problem[] {
  return settings.regions.flatMap((region, i) => {
    const { awsRegion } = region;
    // A region that is none has its own problem.
    if (!isTextOf(REGION_NAME, awsRegion)) return [];
    return addressesOf(region, i, settings).flatMap(address => problemsOf(address, awsRegion, i));
  });
}

function problemsOf({ setting, value }: Placed, awsRegion: string, i: number): Problem[] {
  const elsewhere = awsRegionIn(value);
  if (elsewhere === undefined || elsewhere === awsRegion) return [];
  return [
    warningOf({
      rule: 'registry-region',
      setting,
      value,
      requirement: `should be in ${awsRegion} for region ${i}, and is in ${elsewhere}: when that is lost, nothing can be pulled`,
      fix: "copy everything into a registry of each region, and name it in 'regions[].imageRegistry' and 'regions[].chartRepository'",
    }),
  ];
}

function addressesOf({ imageRegistry, chartRepository }: RegionSettings, i: number, { images, controllers }: ResolvedSettings): Placed[] {
  const registry =
    imageRegistry === undefined ? placed('images.registry', images.registry) : placed(`regions[${i}].imageRegistry`, imageRegistry);
  const repositories =
    chartRepository === undefined
      ? Object.entries(controllers).map(([name, { repository }]) => placed(`controllers.${name}.repository`, repository))
      : [placed(`regions[${i}].chartRepository`, chartRepository)];
  return [registry, ...repositories];
}

function placed(setting: string, value: unknown): Placed {
  return { setting, value };
}

/** Names of hosts of Amazon ECR hold the region, and other registries often do. */
function awsRegionIn(address: unknown): string | undefined {
  if (typeof address !== 'string') return undefined;
  const [host] = address.replace(/^[a-z]+:\/\//, '').split('/');
  return host.split(/[.:]/).find(label => AWS_REGIONS.includes(label));
}
