import { containers, objectsOf, podTemplates } from '../support/manifests';

const OBJECTS = objectsOf(0);
const RESOURCE = 'ephemeral-storage';
const inMiB = (quantity: string | undefined): number => Number(/^(\d+)Mi$/.exec(quantity ?? '')?.[1]);

/** What the node keeps of the output of a container: containerLogMaxSize times containerLogMaxFiles, and one in work. */
const LOGS_MIB = 60;

function limitedVolumes(owner: string): Map<string, number> {
  const { template } = podTemplates(OBJECTS).find(candidate => candidate.owner === owner)!;
  const volumes = (template.spec.volumes ?? []) as { name: string; emptyDir?: { sizeLimit?: string } }[];
  return new Map(volumes.filter(({ emptyDir }) => emptyDir).map(({ name, emptyDir }) => [name, inMiB(emptyDir!.sizeLimit)]));
}

test('every container has the same request and limit of the node’s disk', () => {
  const resources = containers(OBJECTS).map(({ container }) => container.resources);
  expect(resources).toHaveLength(5);
  for (const resource of resources) {
    expect(inMiB(resource?.limits?.[RESOURCE])).toBeGreaterThanOrEqual(LOGS_MIB);
    expect(resource?.requests?.[RESOURCE]).toBe(resource?.limits?.[RESOURCE]);
  }
});

test('every temporary volume has a limit, and a container’s is large enough for its volumes and its output', () => {
  for (const { owner, container } of containers(OBJECTS)) {
    const volumes = limitedVolumes(owner);
    const mounted = (container.volumeMounts ?? []).map(({ name }) => volumes.get(name) ?? 0);
    expect(mounted.filter(Number.isNaN)).toEqual([]);
    expect(inMiB(container.resources?.limits?.[RESOURCE])).toBeGreaterThanOrEqual(mounted.reduce((sum, size) => sum + size, LOGS_MIB));
  }
  expect([...limitedVolumes('StatefulSet/camunda-zeebe').keys()]).toEqual(['exporters', 'tmp', 'tls-truststore']);
  expect([...limitedVolumes('Deployment/camunda-connectors').keys()]).toEqual(['tmp']);
});

test('Elasticsearch has room for its logs of garbage collection, which are not on its volume', () => {
  const [{ container }] = containers(OBJECTS).filter(({ owner }) => owner === 'Elasticsearch/elasticsearch');
  expect(inMiB(container.resources?.limits?.[RESOURCE])).toBeGreaterThanOrEqual(32 * 64 + LOGS_MIB);
});

test('all of it fits on the disk of the smallest node, with the most that can share one', () => {
  const largest = containers(OBJECTS).reduce((sum, { container }) => sum + inMiB(container.resources?.limits?.[RESOURCE]), 0);
  // 20 GiB is the least that a node may have; the system and images take about half.
  expect(largest).toBeLessThan(10 * 1024);
});
