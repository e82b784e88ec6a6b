import { capacityShortage } from '../../../constructs/topology/plan/capacity';
import { resolveSettings } from '../../../constructs/topology/settings/resolve-settings';
import type { DualRegionSettings } from '../../../constructs/topology/settings/settings';
import { capacityOf } from '../../../constructs/topology/versions/instance-types';
import { withSettings } from '../../support/settings/changed-settings';

/** With two nodes of the smallest type that is chosen by default, unless a test says otherwise. */
const shortageOf = ({ nodes, ...changes }: Partial<DualRegionSettings>): string | undefined =>
  capacityShortage(resolveSettings(withSettings({ ...changes, nodes: { instanceType: 'm6i.xlarge', perZone: 2, ...nodes } })));

describe('what a node offers', () => {
  test('4 virtual CPUs and 16 GiB, less what EKS reserves', () => {
    // 80 millicores; 255 MiB, 11 MiB for each of 58 pods, and 100 MiB for eviction.
    expect(capacityOf('m6i.xlarge')).toEqual({ cpuMillis: 3920, memoryMiB: 16384 - 255 - 638 - 100 });
  });

  test('memory follows the family, CPU the size', () => {
    const [compute, general, memory] = ['c7g.2xlarge', 'm7g.2xlarge', 'r7g.2xlarge'].map(capacityOf);
    expect([compute?.cpuMillis, memory?.cpuMillis]).toEqual([general?.cpuMillis, general?.cpuMillis]);
    expect(Number(memory?.memoryMiB) - Number(general?.memoryMiB)).toBe(32 * 1024);
    expect(Number(general?.memoryMiB) - Number(compute?.memoryMiB)).toBe(16 * 1024);
  });

  test.each(['t3.xlarge', 'm6i.metal', 'm6i', 'nonsense', '', undefined, 5])('nothing is known of %p', type => {
    expect(capacityOf(type)).toBeUndefined();
  });
});

describe('what fits', () => {
  test('the default settings', () => {
    expect(shortageOf({})).toBeUndefined();
  });

  test('as many brokers in a zone as there are nodes', () => {
    expect(shortageOf({ camunda: { clusterSize: 12 } })).toBeUndefined();
    expect(shortageOf({ camunda: { clusterSize: 14 } })).toBe('7 brokers spread over 3 zones need 3 nodes in a zone');
    expect(shortageOf({ camunda: { clusterSize: 14 }, nodes: { perZone: 3 } })).toBeUndefined();
  });

  test('an Elasticsearch node beside a broker, until both ask for too much memory', () => {
    expect(shortageOf({ elasticsearch: { resources: { memoryMiB: 7500 } } })).toBeUndefined();
    expect(shortageOf({ elasticsearch: { resources: { memoryMiB: 9000 } } })).toContain('one Elasticsearch node does not fit');
  });

  test('a broker that fits on no node at all', () => {
    expect(shortageOf({ orchestration: { resources: { cpuMillis: 4000 } } })).toContain('one broker does not fit');
  });

  test('Connectors in two zones, with the third one gone', () => {
    // Beside brokers and Elasticsearch, three zones would hold eleven.
    expect(shortageOf({ connectors: { replicas: 7 } })).toBeUndefined();
    expect(shortageOf({ connectors: { replicas: 8 } })).toContain('with one zone gone');
    expect(shortageOf({ connectors: { replicas: 20, enabled: false } })).toBeUndefined();
  });

  test('cert-manager, where certificates are issued', () => {
    const full = { connectors: { replicas: 114, resources: { memoryMiB: 256, cpuMillis: 10 } } };
    expect(shortageOf({ ...full, tls: { enabled: false } })).toBeUndefined();
    expect(shortageOf(full)).toContain('the controllers of the cluster do not fit');
  });

  test('gateways, Operate and Tasklist where they have pods of their own', () => {
    const small = { camunda: { version: '8.7' }, connectors: { enabled: false } };
    expect(shortageOf(small)).toBeUndefined();
    // Each on a node of its own, of the four that are left.
    expect(shortageOf({ ...small, gateway: { replicas: 4 } })).toBeUndefined();
    expect(shortageOf({ ...small, gateway: { replicas: 5 } })).toBe(
      'with one zone gone, gateways, Operate, Tasklist and the controllers of the cluster do not fit in the other two',
    );
    expect(shortageOf({ ...small, operate: { resources: { memoryMiB: 16000 } } })).toContain('with one zone gone');
    expect(shortageOf({ ...small, tasklist: { resources: { cpuMillis: 4000 } } })).toContain('with one zone gone');
    expect(shortageOf({ gateway: { replicas: 50 }, operate: { resources: { memoryMiB: 16000 } } })).toBeUndefined();
  });

  test('importer and Job of a migration, for as long as it lasts', () => {
    const busy = { orchestration: { resources: { memoryMiB: 9000 } } };
    expect(shortageOf({ ...busy, camunda: { version: '8.8' } })).toBeUndefined();
    expect(shortageOf({ ...busy, camunda: { version: '8.8', migratingFrom: '8.7' } })).toContain(
      'with one zone gone, the migration, Connectors and',
    );
  });

  test('more nodes never fit less', () => {
    for (let clusterSize = 4; clusterSize <= 40; clusterSize += 2) {
      const fits = [1, 2, 3, 4, 5, 6, 7].map(perZone => shortageOf({ camunda: { clusterSize }, nodes: { perZone } }) === undefined);
      expect(fits).toEqual([...fits].sort());
    }
  });

  test('nothing can be said of an unknown instance type', () => {
    expect(shortageOf({ nodes: { instanceType: 't3.nano' } })).toBeUndefined();
  });
});
