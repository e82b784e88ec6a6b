import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { readConfiguration } from '../../../bin/config/read-configuration';
import { resolveSettings } from '../../../constructs/topology/settings/resolve-settings';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { Topology } from '../../../constructs/topology/topology';
import { PROJECT, type ConfigurationName } from '../support/bed-state';

/** The account that the emulator plays. */
export const ACCOUNT = '123456789012';

/** Configurations in the order in which they run. */
export const CONFIGURATIONS: Readonly<Record<ConfigurationName, string>> = {
  default: join(PROJECT, 'config/default.yaml'),
  second: join(PROJECT, 'test/e2e/configurations/second.yaml'),
  oldest: join(PROJECT, 'test/e2e/configurations/oldest.yaml'),
};

/** Versions of the controllers' charts as the product pins them, by their key in the settings. */
export function chartVersions(): Record<string, string> {
  const { controllers } = resolveSettings({} as DualRegionSettings);
  return Object.fromEntries(Object.entries(controllers).map(([key, { version }]) => [key, version]));
}

/** The topology of a configuration as it is in the project. */
export function topologyOf(name: ConfigurationName): Topology {
  return Topology.of(readConfiguration(CONFIGURATIONS[name]).settings);
}

/** Writes a configuration with the two things that only the bed knows: the account, and the address of its charts. */
export function writeBedConfiguration(name: ConfigurationName, target: string, chartRepository: string): void {
  const settings = parse(readFileSync(CONFIGURATIONS[name], 'utf8')) as DualRegionSettings;
  const given = { ...settings.controllers } as Readonly<Record<string, object | undefined>>;
  const controllers = Object.keys(chartVersions()).map(key => [key, { ...given[key], repository: chartRepository }]);
  const regions = settings.regions.map(region => ({ ...region, account: ACCOUNT }));
  writeFileSync(target, stringify({ ...settings, regions, controllers: Object.fromEntries(controllers) as object }));
}
