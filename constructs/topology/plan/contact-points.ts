import { ContactPointForm } from '../versions/camunda-version';
import { PORTS } from './flows/flows';
import { kubernetesNames } from './names';
import type { Broker } from './placement/brokers';

/**
 * Addresses through which a broker joins the cluster, in the form that its version understands.
 *
 * @internal
 */
export function contactPoints(
  form: ContactPointForm,
  release: string,
  namespaces: readonly string[],
  brokers: readonly Broker[],
): string[] {
  const hosts: Readonly<Record<ContactPointForm, readonly string[]>> = {
    [ContactPointForm.PODS]: brokers.map(({ hostName }) => hostName),
    [ContactPointForm.SERVICES]: namespaces.map(namespace => `${kubernetesNames(release).zeebe}.${namespace}.svc.cluster.local.`),
  };
  return hosts[form].map(host => `${host}:${PORTS.brokerInternal}`);
}
