import { FIXED_NAMES } from '../topology/plan/names';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';
import type { Workload } from './workload';

/**
 * The variable by which every component of Camunda takes its licence key, in all versions that this library runs. Where the
 * official chart writes a placeholder into application.yaml, the variable has the same effect, and leaves nothing behind when
 * there is no key.
 *
 * @see Camunda 8 docs, licensing
 */
const LICENSE_VARIABLE = 'CAMUNDA_LICENSE_KEY';

/**
 * Hands the licence key to Camunda's own pods. Connectors need none.
 *
 * @internal
 */
export function giveLicense({ section, template }: Workload, topology: Topology): void {
  if (planOf(topology).settings.camunda.licenseSecretName === undefined || ['connectors', 'elasticsearch'].includes(section ?? '')) return;
  const valueFrom = { secretKeyRef: { name: FIXED_NAMES.licenseSecret, key: FIXED_NAMES.licenseKey } };
  for (const container of template.spec.containers) {
    container.env = [...(container.env ?? []), { name: LICENSE_VARIABLE, valueFrom }];
  }
}
