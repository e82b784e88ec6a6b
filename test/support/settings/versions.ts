import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';

/** Every version of Camunda, the oldest first. */
export const VERSIONS = Object.keys(CAMUNDA_VERSIONS);

/** A day on which all of them were maintained, and nothing that is deployed by default was near its end. */
export const WHEN_ALL_WERE_SUPPORTED = new Date('2026-06-01');

/** Settings that choose a version. */
export function ofVersion(version: string): { readonly camunda: { readonly version: string } } {
  return { camunda: { version } };
}

/** Settings of the migration that a version knows. */
export const MIGRATION = { camunda: { version: '8.8', migratingFrom: '8.7' }, tls: { betweenBrokers: false } };

/** The patch of Camunda that is deployed by default, or one that is so many patches newer. */
export function patchOf(version: string, newer = 0): string {
  const [, minor, patch] = /^(\d+\.\d+)\.(\d+)$/.exec(CAMUNDA_VERSIONS[version].images.camunda.tag) ?? [];
  return `${minor}.${Number(patch) + newer}`;
}
