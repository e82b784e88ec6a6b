import { CAMUNDA_8_10 } from './8-10';
import { CAMUNDA_8_7 } from './8-7';
import { CAMUNDA_8_8 } from './8-8';
import { CAMUNDA_8_9 } from './8-9';
import type { CamundaVersion } from './camunda-version';
import type { ExporterKind } from './exporter-kinds';

/**
 * Every version of Camunda that this library runs, the oldest first.
 *
 * @internal
 */
export const CAMUNDA_VERSIONS: Readonly<Record<string, CamundaVersion>> = {
  '8.7': CAMUNDA_8_7,
  '8.8': CAMUNDA_8_8,
  '8.9': CAMUNDA_8_9,
  '8.10': CAMUNDA_8_10,
};

/**
 * The exporters of a version. During a migration those of the older version go on beside them.
 *
 * @internal
 */
export function exporterKindsOf({ exporter, migration }: CamundaVersion, migratingFrom: unknown): readonly ExporterKind[] {
  return [exporter, ...(migration && migratingFrom !== undefined ? [migration.exporter] : [])];
}
