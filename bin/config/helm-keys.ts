/** Keys of the values of Camunda's Helm chart, and the setting that does the same here. */
const HELM_KEYS: Readonly<Record<string, string>> = {
  zeebe: "'orchestration'",
  core: "'orchestration'",
  zeebeGateway: "'gateway', in Camunda 8.7",
  global: "'images', 'tls' and 'elasticsearch'",
  env: "'pod.environment' of the same section",
  extraConfiguration: "'pod.configuration' of the same section",
  configuration: "'pod.configuration' of the same section",
  podLabels: "'pod.labels' of the same section",
  podAnnotations: "'pod.annotations' of the same section",
  pvcSize: "'volumeGiB' of the same section, in gibibytes",
  replicas: "'camunda.clusterSize', for the brokers of both regions, and 'replicas' of other sections",
};

/**
 * What to write instead of a key that users of the Helm chart know.
 *
 * @param known keys that the section has: what one of them is called is no key of the chart here
 */
export function fixOfHelmKey(key: string, known: readonly string[]): string | undefined {
  if (!Object.hasOwn(HELM_KEYS, key) || known.includes(key)) return undefined;
  return `'${key}' belongs to the values of the Helm chart; here, use ${HELM_KEYS[key]}`;
}
