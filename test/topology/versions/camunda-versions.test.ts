import { PORTS } from '../../../constructs/topology/plan/flows/flows';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { VERSIONS } from '../../support/settings/versions';

test('the versions are those that Camunda runs in two regions with numbered brokers, the oldest first', () => {
  expect(VERSIONS).toEqual(['8.7', '8.8', '8.9', '8.10']);
  for (const minor of VERSIONS) expect(CAMUNDA_VERSIONS[minor].minor).toBe(minor);
});

describe.each(Object.values(CAMUNDA_VERSIONS))('$minor', version => {
  test('has images of its own minor version, with exact patches', () => {
    const { camunda, connectors } = version.images;
    const others = version.components ? [version.components.gateway, version.components.operate, version.components.tasklist] : [];
    for (const { tag } of [camunda, connectors]) expect(tag).toMatch(new RegExp(`^${version.minor.replace('.', '\\.')}\\.\\d+$`));
    // Brokers, gateways, Operate and Tasklist must be of the same patch.
    for (const { image } of others) expect(image.tag).toBe(camunda.tag);
  });

  test('supports the Elasticsearch that it gets', () => {
    const [major, minor] = version.images.elasticsearch.tag.split('.').map(Number);
    expect(version.elasticsearchVersions.some(range => range.major === major && range.oldestMinor <= minor)).toBe(true);
  });

  test('runs its applications in the brokers or in pods of their own, and leaves out those that it has', () => {
    const { profiles, webApplicationProfiles } = version.orchestration;
    expect(webApplicationProfiles).toEqual(version.components ? [] : ['operate', 'tasklist']);
    expect(profiles).toEqual(expect.arrayContaining([...webApplicationProfiles]));
  });

  test('drops the brokers of a lost region by its own dialect', () => {
    // `@see` Camunda 8 docs, dual-region operational procedure
    expect(version.failover).toEqual(
      version.components
        ? { method: 'POST', path: '/actuator/cluster/brokers', names: 'remaining' }
        : { method: 'PATCH', path: '/actuator/cluster', names: 'removed' },
    );
  });

  test('brings back the brokers of a recreated region by its own dialect, and its applications when its procedure does', () => {
    // `@see` Camunda 8 docs, dual-region operational procedure: failback
    expect(version.failback).toEqual(
      version.components
        ? { method: 'POST', path: '/actuator/cluster/brokers', names: 'all', applicationsReturn: 'before-exporters' }
        : { method: 'PATCH', path: '/actuator/cluster', names: 'added', applicationsReturn: 'last' },
    );
  });

  test('serves clients and operators through the gateway Service', () => {
    expect(version.gatewayService.ports.map(({ port }) => port).sort()).toEqual([PORTS.gatewayGrpc, PORTS.management, PORTS.rest].sort());
  });
});

test('only 8.9 and newer may take traffic in both regions and grow', () => {
  expect(VERSIONS.filter(version => CAMUNDA_VERSIONS[version].supports.activeActive)).toEqual(['8.9', '8.10']);
  expect(VERSIONS.filter(version => CAMUNDA_VERSIONS[version].supports.scaling)).toEqual(['8.9', '8.10']);
});
