import { Party } from '../../../constructs/topology/plan/flows/flows';
import { FIXED_NAMES, podLabels } from '../../../constructs/topology/plan/names';
import { planOf } from '../../../constructs/topology/plan-of';
import { askApiServer } from '../support/api-server';
import { placements } from '../support/aws-state-kubernetes';
import { bed } from '../support/bed';
import { figure } from '../support/figure';
import { kubectl, kubectlApply, kubectlJson } from '../support/kubectl';
import { eventually, namespaceOf, onceInBothRegions } from '../support/life';

const PROOF = 'storage-proof';
/** Has no rules for pods, and no volumes of others. */
const NAMESPACE = 'default';
const WAIT_MS = 120_000;

interface StorageClass {
  readonly parameters: Readonly<Record<string, string>>;
  readonly reclaimPolicy: string;
}

interface Volume {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly persistentVolumeReclaimPolicy: string;
    readonly storageClassName: string;
    readonly claimRef: { readonly name: string; readonly namespace: string };
    readonly capacity: { readonly storage: string };
    readonly csi: { readonly fsType: string; readonly volumeAttributes: Readonly<Record<string, string>> };
  };
  readonly status: { readonly phase: string };
}

const classOf = (regionId: number): Promise<StorageClass> => kubectlJson(regionId, 'get', 'storageclass', FIXED_NAMES.storageClass);

async function volumesOf(regionId: number, namespace: string): Promise<Volume[]> {
  const { items } = await askApiServer<{ items: Volume[] }>(regionId, '/api/v1/persistentvolumes');
  return items.filter(({ spec }) => spec.claimRef.namespace === namespace);
}

/** A volume of the deployed class with something changed, and a pod that uses it: it is made once the pod has a node. */
function volumeOfClass(name: string, deployed: StorageClass, change: Partial<StorageClass>): object[] {
  const { parameters, reclaimPolicy } = { ...deployed, ...change };
  return [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: `${PROOF}-${name}` },
      provisioner: 'ebs.csi.aws.com',
      volumeBindingMode: 'WaitForFirstConsumer',
      parameters,
      reclaimPolicy,
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace: NAMESPACE },
      spec: { storageClassName: `${PROOF}-${name}`, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: NAMESPACE },
      spec: {
        containers: [{ name: 'any', image: 'any', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: name } }],
      },
    },
  ];
}

const NAMES = ['retained', 'deleted', 'misspelt'];
const [pods, claims] = ['pod', 'pvc'].map(kind => NAMES.map(name => `${kind}/${name}`));

/** Volumes of three classes: of both policies, used and given up again, and one that no driver can make. */
const tried = onceInBothRegions(async regionId => {
  const deployed = await classOf(regionId);
  const found = async (name: string): Promise<Volume | undefined> =>
    (await volumesOf(regionId, NAMESPACE)).find(({ spec }) => spec.claimRef.name === name);
  try {
    await kubectlApply(regionId, [
      ...volumeOfClass('retained', deployed, { reclaimPolicy: 'Retain' }),
      ...volumeOfClass('deleted', deployed, { reclaimPolicy: 'Delete' }),
      ...volumeOfClass('misspelt', deployed, { parameters: { ...deployed.parameters, typ: 'gp3' } }),
    ]);
    await kubectl(regionId, 'wait', '--for=condition=Ready', 'pod', 'retained', 'deleted', '-n', NAMESPACE, '--timeout=60s');
    const policies = [await found('retained'), await found('deleted')].map(volume => volume?.spec.persistentVolumeReclaimPolicy);
    const { metadata } = await kubectlJson<{ metadata: { uid: string } }>(regionId, 'get', 'pvc', 'misspelt', '-n', NAMESPACE);
    // Events stay for an hour, those of an earlier run too.
    const about = `reason=ProvisioningFailed,involvedObject.uid=${metadata.uid}`;
    let refusal = '';
    await eventually('the provisioner says why a volume cannot be made', async () => {
      const events = await kubectlJson<{ items: { message: string }[] }>(
        ...([regionId, 'get', 'events', '-n', NAMESPACE, '--field-selector', about] as const),
      );
      refusal = events.items.map(({ message }) => message).join('\n');
      return refusal !== '';
    });
    await kubectl(regionId, 'delete', ...pods, ...claims, '-n', NAMESPACE, '--now', '--timeout=60s');
    await eventually('a volume that is to be deleted is', async () => (await found('deleted')) === undefined);
    await eventually('a volume that is to stay is released', async () => (await found('retained'))?.status.phase === 'Released');
    return { policies, refusal };
  } finally {
    const ignoring = ['--ignore-not-found', '--timeout=60s'];
    await kubectl(regionId, 'delete', ...pods, ...claims, '-n', NAMESPACE, '--now', ...ignoring);
    const classes = NAMES.map(name => `storageclass/${PROOF}-${name}`);
    const volumes = (await volumesOf(regionId, NAMESPACE)).map(({ metadata }) => `pv/${metadata.name}`);
    await kubectl(regionId, 'delete', ...classes, ...volumes, ...ignoring);
  }
});

describe.each([0, 1])('storage of region %i', regionId => {
  test('every volume is made as the class says, of the size that is asked for, in the zone of its pod', async () => {
    const { topology } = bed();
    const { parameters, reclaimPolicy } = await classOf(regionId);
    expect(reclaimPolicy).toBe(planOf(topology).settings.retainVolumes ? 'Retain' : 'Delete');
    const brokers = await placements(regionId, podLabels(topology.name, Party.ORCHESTRATION));
    const zones = new Map(brokers.map(({ pod, zone }) => [`data-${pod}`, zone]));
    const volumes = (await volumesOf(regionId, namespaceOf(regionId))).filter(
      ({ spec, status }) => zones.has(spec.claimRef.name) && status.phase === 'Bound',
    );
    expect(volumes).toHaveLength(topology.regions[regionId].brokers.length);
    expect(volumes.map(({ spec }) => spec)).toEqual(
      volumes.map(
        ({ spec }) =>
          expect.objectContaining({
            persistentVolumeReclaimPolicy: reclaimPolicy,
            capacity: { storage: `${planOf(topology).settings.orchestration.volumeGiB}Gi` },
            csi: expect.objectContaining({
              fsType: 'ext4',
              volumeAttributes: expect.objectContaining({
                ...parameters,
                'topology.kubernetes.io/zone': zones.get(spec.claimRef.name),
              }) as unknown,
            }) as unknown,
          }) as unknown,
      ),
    );
    figure('volumes', volumes.length);
  });

  test(
    'the policy of a class decides what becomes of a volume that nobody claims any more',
    async () => {
      expect((await tried(regionId)).policies).toEqual(['Retain', 'Delete']);
    },
    WAIT_MS,
  );

  test('nothing of these volumes is left', async () => {
    await tried(regionId);
    expect(await volumesOf(regionId, NAMESPACE)).toEqual([]);
  });

  test('a parameter that the driver does not know is refused', async () => {
    expect((await tried(regionId)).refusal).toMatch(/does not know parameter typ: gp3/);
  });
});
