import { k8s } from 'cdk8s-plus-28';
import type { Resources } from '../../topology/settings/resolved-settings';

/** @internal */
export function resourceRequirements({ cpuMillis, cpuLimitMillis, memoryMiB }: Resources): k8s.ResourceRequirements {
  const memory = k8s.Quantity.fromString(`${memoryMiB}Mi`);
  return {
    requests: { cpu: k8s.Quantity.fromString(`${cpuMillis}m`), memory },
    limits: { cpu: k8s.Quantity.fromString(`${cpuLimitMillis}m`), memory },
  };
}
