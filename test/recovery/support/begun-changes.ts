import { applyExporter, applyExporting, exporterChange, exportingChange } from '../stand-in/membership-changes';
import type { Scenario } from './scenario';

export type Engine = Scenario['deployment']['engine'];

/** A pause of exporting begins, which every broker has to carry out. */
export function beginPause(engine: Engine): void {
  engine.begin(exportingChange(engine, 'PAUSED'), operation => applyExporting(engine, operation));
}

/** The exporter to a region begins to be disabled, by every broker. */
export function beginDisabling(engine: Engine, regionId: number): void {
  const operations = exporterChange(engine, `camundaregion${regionId}`, 'PARTITION_DISABLE_EXPORTER');
  engine.begin(operations, operation => void applyExporter(engine, operation, operations.length));
}
