import { securitySettings } from '../../../constructs/camunda/application/security-settings';
import { canonicalName } from '../../../constructs/topology/plan/owned-names';
import { planOf } from '../../../constructs/topology/plan-of';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { Topology } from '../../../constructs/topology/topology';

/** Settings of users that brokers are told and their version does not document. */
export function unknownProperties(settings: DualRegionSettings, known?: readonly string[]): string[] {
  const topology = Topology.of(settings);
  const properties = known ?? planOf(topology).version.users?.properties ?? [];
  const told = Object.entries(securitySettings(topology)).flatMap(([path, value]) => [
    ...new Set(
      Array.isArray(value) ? value.flatMap((entry: unknown) => (typeof entry === 'string' ? [path] : namesIn(path, entry))) : [path],
    ),
  ]);
  return told.filter(path => !properties.some(property => matches(property, path)));
}

function namesIn(path: string, entry: unknown): string[] {
  return Object.keys(entry as object).map(name => `${path}.${name}`);
}

/** As Spring compares names, without case and hyphens. */
function matches(property: string, path: string): boolean {
  const [expected, parts] = [property.split('.'), path.split('.')];
  return expected.length === parts.length && expected.every((part, i) => part === '*' || canonicalName(part) === canonicalName(parts[i]));
}
