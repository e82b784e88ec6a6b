import { CONFIG_FILES } from '../../../constructs/camunda/application/broker-files';
import { VARIABLES } from '../../../constructs/camunda/application/orchestration-environment';
import { targetGroupBinding } from '../../../constructs/dns/dns-forwarder-binding';
import { Party } from '../../../constructs/topology/plan/flows/flows';
import { FIXED_NAMES, kubernetesNames, podLabels } from '../../../constructs/topology/plan/names';
import { planOf } from '../../../constructs/topology/plan-of';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { regionManifests } from '../../../lib/region-manifests';
import { awsState } from '../support/aws-state';
import {
  dryRun,
  eventually,
  placements,
  skew,
  withObjects,
  zonesByNode,
  type KubernetesObject,
  type List,
  type Placement,
  type Pod,
  type Workload,
} from '../support/aws-state-kubernetes';
import { bed } from '../support/bed';
import { command } from '../support/command';
import { figure, seconds } from '../support/figure';
import { kubectlJson } from '../support/kubectl';
import { onceInBothRegions } from '../support/life';

/** Groups of Kubernetes itself that have a dot in their names, unlike `apps` and `batch`. */
const OWN_GROUPS = /^(networking|scheduling|storage|rbac\.authorization)\.k8s\.io$/;
const BINDING = ['targetgroupbinding', 'dns-forwarder', '--namespace', FIXED_NAMES.dnsNamespace] as const;

interface Definition {
  readonly spec: { readonly group: string; readonly names: { readonly kind: string } };
}

interface Orchestration {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
        }[];
        readonly volumes: readonly { readonly configMap?: { readonly name: string } }[];
      };
    };
  };
}

interface Slice {
  readonly endpoints: readonly { readonly hostname?: string; readonly addresses: readonly string[] }[];
}

const renderedOf = (regionId: number) =>
  regionManifests(bed().topology, regionId).flatMap(({ objects }) => objects) as unknown as KubernetesObject[];

const diff = onceInBothRegions(regionId => withObjects(regionId, renderedOf(regionId), 'diff'));

describe.each([0, 1])('Kubernetes state of region %i', regionId => {
  const namespace = () => bed().regions[regionId].namespace;
  const names = () => kubernetesNames(bed().topology.name);
  const orchestrationLabels = () => podLabels(bed().topology.name, Party.ORCHESTRATION);
  const brokerPods = () => bed().regions[regionId].topology.brokers.map(({ podName }) => podName);
  const rendered = () => renderedOf(regionId);

  async function customObjects(): Promise<KubernetesObject[]> {
    const { apiVersion, kind, metadata, spec } = await kubectlJson<KubernetesObject>(regionId, 'get', ...BINDING);
    const binding = { apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace }, spec };
    const custom = rendered().filter(object => object.apiVersion.includes('.') && !OWN_GROUPS.test(object.apiVersion.split('/')[0]));
    return [...custom, binding];
  }

  test('every object is there, and is what the charts render', async () => {
    const { code, stdout, stderr } = await diff(regionId);
    // Code 1: differences. A range that is written empty counts as one, though nothing but the generation would change.
    expect({ ran: code <= 1, stderr: code <= 1 ? '' : stderr }).toEqual({ ran: true, stderr: '' });
    expect(stdout.split('\n').filter(line => /^[+-](?!(\+\+|--) | {2}generation: )/.test(line))).toEqual([]);
    const found = await withObjects(regionId, rendered(), 'get', '-o', 'name');
    expect({ code: found.code, stderr: found.stderr, count: found.stdout.trim().split('\n').length }).toEqual({
      code: 0,
      stderr: '',
      count: rendered().length,
    });
    figure('objects', rendered().length);
  });

  test('every object is accepted with strict validation and without a warning', async () => {
    const { code, stdout, stderr } = await dryRun(regionId, rendered());
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.match(/serverside-applied \(server dry run\)/g)).toHaveLength(rendered().length);
  });

  test("custom resources are validated by their operators' definitions, which refuse a wrong field and a wrong type", async () => {
    const definitions = await kubectlJson<List<Definition>>(regionId, 'get', 'customresourcedefinitions');
    const known = definitions.items.map(({ spec }) => `${spec.group} ${spec.names.kind}`);
    const objects = await customObjects();
    expect(known).toEqual(expect.arrayContaining(objects.map(({ apiVersion, kind }) => `${apiVersion.split('/')[0]} ${kind}`)));
    const verdicts = objects.map(async object => {
      const variants = [object, { ...object, spec: { ...object.spec, noSuchField: true } }, { ...object, spec: 'text' }];
      const [right, wrongField, wrongType] = await Promise.all(variants.map(variant => dryRun(regionId, [variant])));
      expect(right).toMatchObject({ code: 0, stderr: '' });
      expect(wrongField).toMatchObject({ code: 1, stderr: expect.stringContaining('noSuchField') as string });
      expect(wrongType).toMatchObject({ code: 1, stderr: expect.stringContaining('spec') as string });
    });
    await Promise.all(verdicts);
  });

  test('Pod Security refused no pod of the deployment, and does refuse one that asks for more', async () => {
    const events = await kubectlJson<List<{ readonly reason: string; readonly message: string }>>(regionId, 'get', 'events', '-A');
    expect(events.items.filter(({ reason, message }) => reason === 'FailedCreate' || /violates? PodSecurity/.test(message))).toEqual([]);
    const spec = { containers: [{ name: 'any', image: 'any', securityContext: { privileged: true } }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'privileged', namespace: namespace() }, spec };
    const refused = await dryRun(regionId, [pod]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('violates PodSecurity "restricted:') as string });
  });

  test('every workload is completely scheduled and ready', async () => {
    const started = Date.now();
    const isReady = ({ spec, status }: Workload): boolean =>
      status.readyReplicas === spec.replicas && status.updatedReplicas === spec.replicas;
    const workloads = await eventually(
      () => kubectlJson<List<Workload>>(regionId, 'get', 'statefulsets,deployments', '-A'),
      ({ items }) => items.every(isReady),
    );
    figure('time until all were ready', seconds(Date.now() - started));
    expect(workloads.items.filter(workload => !isReady(workload))).toEqual([]);
    const ours = workloads.items.filter(({ metadata }) => metadata.namespace === namespace());
    const expected = rendered().filter(({ kind }) => kind === 'StatefulSet' || kind === 'Deployment');
    const madeByOperator = `StatefulSet ${FIXED_NAMES.elasticsearchNodes} ${planOf(bed().topology).settings.elasticsearch.nodesPerRegion}`;
    expect(ours.map(({ kind, metadata, spec }) => `${kind} ${metadata.name} ${spec.replicas}`).sort()).toEqual(
      [...expected.map(({ kind, metadata, spec }) => `${kind} ${metadata.name} ${String(spec?.replicas)}`), madeByOperator].sort(),
    );
    const pods = await kubectlJson<List<Pod>>(regionId, 'get', 'pods', '-A');
    expect(pods.items.filter(({ spec, status }) => !spec.nodeName || status.phase !== 'Running')).toEqual([]);
  });

  test('brokers are on nodes of their own, evenly over the zones, each with its volume in its zone', async () => {
    const found = await placements(regionId, orchestrationLabels());
    expect(found.map(({ pod }) => pod).sort()).toEqual(brokerPods().sort());
    await expectSpread(found);
  });

  test('Elasticsearch nodes, made from the resource by its operator, pass Pod Security and spread likewise', async () => {
    const { topology } = bed();
    const { nodesPerRegion } = planOf(topology).settings.elasticsearch;
    const started = Date.now();
    const found = await eventually(
      () => placements(regionId, podLabels(topology.name, Party.ELASTICSEARCH)),
      all => all.length === nodesPerRegion && all.every(({ ready }) => ready),
    );
    figure('time until all were ready', seconds(Date.now() - started));
    expect(found).toHaveLength(nodesPerRegion);
    await expectSpread(found);
  });

  test('each pod gets the node id of the topology from its start-up script', async () => {
    const { topology } = bed();
    const { nodeIdVariable, startCommand } = CAMUNDA_VERSIONS[planOf(topology).settings.camunda.version].orchestration;
    const workload = await kubectlJson<Orchestration>(
      regionId,
      'get',
      'statefulset',
      planOf(topology).brokerStatefulSet(regionId),
      '--namespace',
      namespace(),
    );
    const { containers, volumes } = workload.spec.template.spec;
    const variable = (name: string) => containers[0].env.find(entry => entry.name === name);
    expect(variable(VARIABLES.podName)?.valueFrom).toMatchObject({ fieldRef: { fieldPath: 'metadata.name' } });
    const configMap = volumes.find(volume => volume.configMap)!.configMap!.name;
    const { data } = await kubectlJson<{ readonly data: Readonly<Record<string, string>> }>(
      ...([regionId, 'get', 'configmap', configMap, '--namespace', namespace()] as const),
    );
    // In place of the program that the script ends in.
    const started = `exec() { echo "started $1 with \${${nodeIdVariable}}"; exit; }`;
    const found = await placements(regionId, orchestrationLabels());
    const ids: Record<string, string> = {};
    for (const { pod } of found) {
      const env = { PATH: process.env.PATH, [VARIABLES.podName]: pod, [VARIABLES.regionId]: variable(VARIABLES.regionId)?.value };
      const { stdout, stderr } = await command('bash', ['-s'], { env, input: `${started}\n${data[CONFIG_FILES.startup]}` });
      ids[pod] = /^started .*$/m.exec(stdout)?.[0] ?? stderr;
    }
    const { brokers } = topology.regions[regionId];
    expect(ids).toEqual(Object.fromEntries(brokers.map(({ podName, nodeId }) => [podName, `started ${startCommand} with ${nodeId}`])));
  });

  test('the headless Service publishes every broker under its name, ready or not', async () => {
    const inNamespace = ['--namespace', namespace()] as const;
    const service = await kubectlJson<KubernetesObject>(regionId, 'get', 'service', names().zeebe, ...inNamespace);
    expect(service.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    const selector = `kubernetes.io/service-name=${names().zeebe}`;
    const slices = await kubectlJson<List<Slice>>(regionId, 'get', 'endpointslices', ...inNamespace, '--selector', selector);
    const published = slices.items
      .flatMap(({ endpoints }) => endpoints)
      .map(({ hostname, addresses }) => `${hostname} ${addresses.join()}`);
    const pods = await kubectlJson<List<Pod>>(regionId, 'get', 'pods', ...inNamespace);
    const addresses = new Map(pods.items.map(({ metadata, status }) => [metadata.name, status.podIP]));
    expect(published.sort()).toEqual(
      brokerPods()
        .map(pod => `${pod} ${addresses.get(pod)}`)
        .sort(),
    );
  });

  test('CoreDNS is bound to the target group of the forwarder', async () => {
    const [{ targetGroups }] = (await awsState())[regionId].loadBalancers;
    const binding = await kubectlJson<KubernetesObject>(regionId, 'get', ...BINDING);
    expect(binding).toMatchObject(targetGroupBinding(targetGroups[0].targetGroupArn));
  });

  async function expectSpread(found: readonly Placement[]): Promise<void> {
    const zones = await zonesByNode(regionId);
    expect(new Set(found.map(({ node }) => node)).size).toBe(found.length);
    expect(skew(found, zones.values())).toBeLessThanOrEqual(1);
    expect(found.map(({ pod, ready, volumes }) => ({ pod, ready, volumes }))).toEqual(
      found.map(({ pod, zone }) => ({ pod, ready: true, volumes: [{ phase: 'Bound', zones: [zone] }] })),
    );
  }
});
