import { at, containers, find, objectsOf, podTemplates, type Container } from '../support/manifests';

const OBJECTS = objectsOf(0);
const priorityOf = (owner: string): unknown =>
  podTemplates(OBJECTS).find(template => template.owner === owner)?.template.spec.priorityClassName;

test('pods that keep data come before all others, and no other pod does', () => {
  expect(podTemplates(OBJECTS).map(({ owner }) => [owner, priorityOf(owner)])).toEqual([
    ['Elasticsearch/elasticsearch', 'camunda-data'],
    ['StatefulSet/camunda-zeebe', 'camunda-data'],
    ['Deployment/camunda-connectors', undefined],
  ]);
});

test('the priority class may displace, is nobody else’s default, and is none of Kubernetes’ own', () => {
  const priority = find(OBJECTS, 'PriorityClass', 'camunda-data');
  expect(priority).toMatchObject({ apiVersion: 'scheduling.k8s.io/v1', preemptionPolicy: 'PreemptLowerPriority', globalDefault: false });
  expect(priority.metadata.namespace).toBeUndefined();
  expect(priority.value).toBeGreaterThan(0);
  // Kubernetes keeps larger ones, and names that begin with system-, for itself.
  expect(priority.value).toBeLessThanOrEqual(1_000_000_000);
});

test('two releases in one cluster have priority classes of their own, even one named like a system', () => {
  const objects = objectsOf(0, { name: 'orders' });
  expect(find(objects, 'PriorityClass', 'orders-data').value).toBe(find(OBJECTS, 'PriorityClass', 'camunda-data').value);
  expect(podTemplates(objects)[1].template.spec.priorityClassName).toBe('orders-data');
});

test('a broker is told its heap, a quarter of its memory, beside what it is told anyway', () => {
  const broker = at<Container>(find(OBJECTS, 'StatefulSet', 'camunda-zeebe'), 'spec', 'template', 'spec', 'containers', 0);
  const options = broker.env!.find(({ name }) => name === 'JAVA_TOOL_OPTIONS')!.value!.split(' ');
  expect(options).toContain('-XX:+ExitOnOutOfMemoryError');
  expect(options.slice(-2)).toEqual(['-Xmx1792m', '-XX:MaxDirectMemorySize=1792m']);
  expect(broker.resources?.limits?.memory).toBe(`${4 * 1792}Mi`);
});

test('no other container is told a heap: Elasticsearch derives its own from its limit', () => {
  const told = containers(OBJECTS).filter(({ container }) => JSON.stringify(container.env ?? []).match(/Xmx|ES_JAVA_OPTS/));
  expect(told.map(({ owner }) => owner)).toEqual(['StatefulSet/camunda-zeebe']);
});
