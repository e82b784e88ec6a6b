import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { FULL_SETTINGS } from './full-settings';
import { DEFAULT_SETTINGS } from './settings';
import { MIGRATION } from './versions';

/** A configuration that stands for many, with a name for messages. */
export interface NamedConfiguration {
  readonly name: string;
  readonly settings: DualRegionSettings;
}

const OF_VERSIONS: readonly NamedConfiguration[] = Object.keys(CAMUNDA_VERSIONS).flatMap(version => {
  // Tags belong to one version.
  const images = { registry: FULL_SETTINGS.images.registry };
  const users = CAMUNDA_VERSIONS[version].users ? FULL_SETTINGS.users : undefined;
  const documents = CAMUNDA_VERSIONS[version].documents.s3 ? FULL_SETTINGS.documents : undefined;
  // What they admit is looked at one by one: test/camunda/extra-flows.test.ts, and test/lib/existing-vpcs.test.ts for endpoints.
  const extraFlows = undefined;
  const regions = FULL_SETTINGS.regions.map(({ existingVpc, ...region }) => ({
    ...region,
    camundaPatch: undefined,
    existingVpc: existingVpc && { ...existingVpc, endpointCidrs: undefined },
  }));
  return [
    { name: `${version}, default`, settings: { ...DEFAULT_SETTINGS, camunda: { version } } },
    {
      name: `${version}, every setting`,
      settings: { ...FULL_SETTINGS, camunda: { ...FULL_SETTINGS.camunda, version }, regions, images, extraFlows, users, documents },
    },
  ];
});

/** For every version of Camunda: the settings that one has to make, and all that one can make. And the migration of data. */
export const CONFIGURATIONS: readonly NamedConfiguration[] = [
  ...OF_VERSIONS,
  { name: '8.8, migrating from 8.7', settings: { ...DEFAULT_SETTINGS, ...MIGRATION } },
];
