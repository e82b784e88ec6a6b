import type { V1ConfigMap, V1Lease } from '@kubernetes/client-node';
import { KubernetesLease } from '../../../bin/recover/kubernetes/kubernetes-lease';
import type { KubernetesRegion } from '../../../bin/recover/kubernetes/kubernetes-region';
import { ConfigMapStore } from '../../../bin/recover/kubernetes/kubernetes-store';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { freshProgress } from '../../../lib/recovery/plans/recovery-request';
import { VirtualClock } from '../stand-in/virtual-clock';
import { TOPOLOGY } from '../support/answering-view';

interface Stored {
  readonly metadata?: { readonly name?: string; readonly resourceVersion?: string };
}

/** One object of an API server: each write has a new version, and one that names another version than the current one is refused. */
class StoredObject<T extends Stored> {
  public current?: T;
  public writes = 0;
  /** The answer to the next write gets lost, and the client sends it again. */
  public losesAnswer = false;

  public read(): Promise<T> {
    return this.current ? Promise.resolve(structuredClone(this.current)) : Promise.reject(answer(404));
  }

  public create(body: T): Promise<T> {
    return this.current ? Promise.reject(answer(409)) : this.write(body, () => this.create(body));
  }

  public replace(body: T): Promise<T> {
    if (body.metadata?.resourceVersion !== this.current?.metadata?.resourceVersion) return Promise.reject(answer(409));
    return this.write(body, () => this.replace(body));
  }

  private write(body: T, again: () => Promise<T>): Promise<T> {
    this.writes += 1;
    this.current = { ...structuredClone(body), metadata: { ...body.metadata, resourceVersion: String(100 + this.writes) } };
    if (!this.losesAnswer) return this.read();
    this.losesAnswer = false;
    return again();
  }
}

function answer(code: number): Error {
  return Object.assign(new Error(`HTTP ${code}`), { code });
}

const clock = new VirtualClock();
let map: StoredObject<V1ConfigMap>;
let lease: StoredObject<V1Lease>;
let region: KubernetesRegion;
beforeEach(() => {
  map = new StoredObject();
  lease = new StoredObject();
  region = {
    context: 'london',
    patiently: <T>(request: () => Promise<T>) => request(),
    core: {
      readNamespacedConfigMap: () => map.read(),
      createNamespacedConfigMap: ({ body }: { body: V1ConfigMap }) => map.create(body),
      replaceNamespacedConfigMap: ({ body }: { body: V1ConfigMap }) => map.replace(body),
    },
    coordination: {
      readNamespacedLease: () => lease.read(),
      createNamespacedLease: ({ body }: { body: V1Lease }) => lease.create(body),
      replaceNamespacedLease: ({ body }: { body: V1Lease }) => lease.replace(body),
    },
  } as unknown as KubernetesRegion;
});

const PROGRESS = freshProgress({ direction: 'failover', regionId: 1 }, TOPOLOGY, 'ada', 7);
const store = (): ConfigMapStore => new ConfigMapStore(region, 'camunda', 'camunda');
const leaseOf = (skew = 0): KubernetesLease =>
  new KubernetesLease(region, 'camunda', {
    now: () => clock.now() + skew,
    elapsed: () => clock.elapsed(),
    sleep: ms => clock.sleep(ms),
    after: (ms, run) => clock.after(ms, run),
  });

describe('the record', () => {
  test('is what was written last, by whoever has seen what was there', async () => {
    expect(await store().read()).toEqual({});
    const first = await store().write(PROGRESS, undefined);
    expect(await store().read()).toEqual({ progress: PROGRESS, version: first });
    const second = await store().write({ ...PROGRESS, finishedAt: 9 }, first);
    expect((await store().read()).version).toBe(second);
    for (const stale of [undefined, first])
      await expect(store().write(PROGRESS, stale)).rejects.toMatchObject({ name: 'ProgressConflictError' });
  });

  test('that was written although the answer got lost is not in its own way', async () => {
    map.losesAnswer = true;
    const first = await store().write(PROGRESS, undefined);
    map.losesAnswer = true;
    const second = await store().write({ ...PROGRESS, finishedAt: 9 }, first);
    expect(await store().read()).toEqual({ progress: { ...PROGRESS, finishedAt: 9 }, version: second });
  });

  test.each(['', '{', '{}', '{"schemaVersion":3}'])('that cannot be read is told with the way to write over it: %j', async text => {
    map.current = { metadata: { resourceVersion: '5' }, data: { [FIXED_NAMES.recoveryProgressKey]: text } };
    await expect(store().read()).rejects.toMatchObject({
      name: 'UnreadableRecordError',
      version: '5',
      message: expect.stringMatching(/^ConfigMap .* of london is not/),
    });
    await store().write(PROGRESS, '5');
    expect((await store().read()).progress).toEqual(PROGRESS);
  });

  test('can be written where somebody has emptied the ConfigMap', async () => {
    map.current = { metadata: { resourceVersion: '5' } };
    expect(await store().read()).toEqual({ version: '5' });
    await store().write(PROGRESS, '5');
    expect((await store().read()).progress).toEqual(PROGRESS);
  });
});

describe('the lease', () => {
  test.each([-86_400_000, 0, 60_000, 86_400_000])(
    'is taken over after it was watched for half a minute, whatever the clock says: %i ms ahead',
    async skew => {
      expect(await leaseOf().hold('ada', 30)).toBeUndefined();
      const bob = leaseOf(skew);
      expect(await bob.hold('bob', 30)).toMatchObject({ operator: 'ada', remainingMs: 30_000 });
      clock.pass(29_999);
      expect(await bob.hold('bob', 30)).toMatchObject({ operator: 'ada', remainingMs: 1 });
      clock.pass(1);
      expect(await bob.hold('bob', 30)).toBeUndefined();
      expect(lease.current?.spec).toMatchObject({ holderIdentity: 'bob', leaseDurationSeconds: 30 });
    },
  );

  test('that is renewed is watched anew, for as long as it says that it lasts', async () => {
    await leaseOf().hold('ada', 40);
    const bob = leaseOf();
    const first = await bob.hold('bob', 30);
    expect(first?.remainingMs).toBe(40_000);
    clock.pass(20_000);
    await leaseOf().hold('ada', 40);
    const second = await bob.hold('bob', 30);
    expect(second?.remainingMs).toBe(40_000);
    expect(second?.renewal).not.toBe(first?.renewal);
  });

  test('that was given back is free at once', async () => {
    await leaseOf().hold('ada', 30);
    await leaseOf().release('bob');
    expect(await leaseOf().hold('bob', 30)).toMatchObject({ operator: 'ada' });
    await leaseOf().release('ada');
    expect(await leaseOf().hold('bob', 30)).toBeUndefined();
  });

  test('that somebody takes in between is theirs', async () => {
    await leaseOf().hold('ada', 30);
    await leaseOf().release('ada');
    const read = lease.read.bind(lease);
    jest.spyOn(lease, 'read').mockImplementationOnce(async () => {
      const seen = await read();
      await leaseOf().hold('bob', 30);
      return seen;
    });
    expect(await leaseOf().hold('ada', 30)).toMatchObject({ operator: 'somebody else', remainingMs: 30_000 });
  });

  test('that was taken although the answer got lost is not in its own way', async () => {
    lease.losesAnswer = true;
    expect(await leaseOf().hold('ada', 30)).toBeUndefined();
    lease.losesAnswer = true;
    expect(await leaseOf().hold('ada', 30)).toBeUndefined();
  });

  test('of an API server that refuses is an error, not a free one', async () => {
    jest.spyOn(lease, 'read').mockRejectedValue(answer(403));
    await expect(leaseOf().hold('ada', 30)).rejects.toThrow('HTTP 403');
    await expect(leaseOf().release('ada')).rejects.toThrow('HTTP 403');
  });

  test.each([{}, { spec: {} }, { spec: { holderIdentity: '' } }])(
    'in which nobody stands is free, and nobody gives it back: %j',
    async stored => {
      lease.current = { metadata: { resourceVersion: '5' }, ...stored };
      await leaseOf().release('ada');
      expect(lease.writes).toBe(0);
      expect(await leaseOf().hold('ada', 30)).toBeUndefined();
      expect(lease.current?.spec?.holderIdentity).toBe('ada');
    },
  );

  test('that is not there is given back by nobody', async () => {
    await leaseOf().release('ada');
    expect(lease.writes).toBe(0);
  });

  test('that says not how long it lasts lasts as long as somebody asks for', async () => {
    lease.current = { metadata: { resourceVersion: '5' }, spec: { holderIdentity: 'ada' } };
    expect(await leaseOf().hold('bob', 20)).toEqual({ operator: 'ada', renewal: '5', remainingMs: 20_000 });
  });

  test('that vanishes while somebody takes it is theirs at the next try', async () => {
    await leaseOf().hold('ada', 30);
    await leaseOf().release('ada');
    for (const left of [undefined, { metadata: { resourceVersion: '7' } }]) {
      const read = lease.read.bind(lease);
      jest.spyOn(lease, 'read').mockImplementationOnce(async () => {
        const seen = await read();
        lease.current = left;
        return seen;
      });
      jest.spyOn(lease, 'replace').mockRejectedValueOnce(answer(409));
      expect(await leaseOf().hold('ada', 30)).toEqual({ operator: 'somebody else', renewal: '', remainingMs: 30_000 });
      lease.current = { metadata: { resourceVersion: '8' } };
    }
    expect(await leaseOf().hold('ada', 30)).toBeUndefined();
  });

  test('that cannot be written is an error, not that of somebody else', async () => {
    jest.spyOn(lease, 'create').mockRejectedValue(answer(403));
    await expect(leaseOf().hold('ada', 30)).rejects.toThrow('HTTP 403');
  });
});

describe('a record that the API server does not take', () => {
  test('is told with what has happened', async () => {
    jest.spyOn(map, 'create').mockRejectedValue(answer(403));
    await expect(store().write(PROGRESS, undefined)).rejects.toThrow('HTTP 403');
    await store()
      .write(PROGRESS, undefined)
      .catch(() => undefined);
    map.current = { metadata: { resourceVersion: '5' } };
    await expect(store().write(PROGRESS, '4')).rejects.toThrow('ConfigMap camunda-recovery-progress was changed meanwhile');
  });

  test('says whose it is', async () => {
    await store().write(PROGRESS, undefined);
    expect(map.current).toMatchObject({
      metadata: { name: 'camunda-recovery-progress', namespace: 'camunda', labels: { 'app.kubernetes.io/component': 'recovery' } },
    });
  });
});
