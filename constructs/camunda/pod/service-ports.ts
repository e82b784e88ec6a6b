import type { k8s } from 'cdk8s-plus-28';
import type { NamedPort } from '../../topology/versions/camunda-version';

/** @internal */
export function servicePorts(ports: readonly NamedPort[]): k8s.ServicePort[] {
  return ports.map(({ name, port }) => ({ name, port, protocol: 'TCP' }));
}
