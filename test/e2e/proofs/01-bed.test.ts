import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cidrContains, parseCidr } from '../../../constructs/topology/plan/cidr';
import { SubnetPurpose } from '../../../constructs/topology/plan/subnets';
import { planOf } from '../../../constructs/topology/plan-of';
import { readArguments, UsageError } from '../runner/arguments';
import { nodesOf, type BedNode } from '../runner/nodes';
import { allProofs } from '../runner/proofs';
import { limits } from '../runner/report';
import { bed } from '../support/bed';
import { BED_SCRIPTS } from '../support/bed-state';
import { figure } from '../support/figure';
import { kubectl, kubectlJson } from '../support/kubectl';

/** What the bed says of itself must be true before anything else is proven in it. */
describe('the bed', () => {
  test.each([0, 1])('region %i runs the Kubernetes version that is configured', async regionId => {
    const { serverVersion } = await kubectlJson<{ serverVersion: { gitVersion: string } }>(regionId, 'version');
    expect(serverVersion.gitVersion).toMatch(
      new RegExp(`^v${planOf(bed().topology).settings.kubernetes.version.replace('.', '\\.')}\\.\\d+$`),
    );
    figure('version', serverVersion.gitVersion);
  });

  test.each([0, 1])('the nodes and pods of region %i have addresses of their zone', async regionId => {
    const { topology, regions } = bed();
    const nodes = nodesOf(topology, regions[regionId].topology);
    const outside = nodes.filter(node => !liesIn(privateSubnet(regionId, node), `${node.address}/32`, node.podCidr));
    expect(outside).toEqual([]);
    const listed = await kubectlJson<{ items: { metadata: { name: string } }[] }>(regionId, 'get', 'nodes');
    expect(listed.items.map(({ metadata }) => metadata.name).sort()).toEqual(nodes.map(({ name }) => name).sort());
    const used = await kubectl(regionId, 'get', 'pods', '--all-namespaces', '--output', 'jsonpath={.items[*].status.podIP}');
    const wrong = used.split(' ').filter(address => !nodes.some(({ podCidr }) => liesIn(podCidr, `${address}/32`)));
    expect(wrong).toEqual([]);
  });

  test.each([
    [['--only', 'nothing'], "unknown proof 'nothing'; known are"],
    [['--configuration', 'third'], "unknown configuration 'third'; known are default, second, oldest"],
    [['--kept'], "Unknown option '--kept'"],
  ])('the runner refuses %p', (given, message) => {
    const attempt = (): unknown => readArguments(given, allProofs());
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(message);
  });

  test('the runner takes several proofs, and all of them if none is named', () => {
    const known = allProofs();
    expect(readArguments(['--only', 'deploy,bed'], known).proofs.map(({ name }) => name)).toEqual(['bed', 'deploy']);
    expect(readArguments([], known).proofs).toEqual(known);
  });

  test('its README says of every part what it does not do', () => {
    const found = limits(readFileSync(join(BED_SCRIPTS, 'README.md'), 'utf8'));
    expect(found.filter(line => !/^- \*\*[^*]+\*\*: \S/.test(line))).toEqual([]);
    expect(found.length).toBeGreaterThan(5);
  });
});

function privateSubnet(regionId: number, node: BedNode): string {
  const { subnets, availabilityZones, awsRegion } = bed().regions[regionId].topology;
  const zones = availabilityZones ?? ['a', 'b', 'c'].map(letter => `${awsRegion}${letter}`);
  return subnets.find(({ purpose, zone }) => purpose === SubnetPurpose.PRIVATE && zones[zone] === node.zone)!.cidr;
}

function liesIn(range: string, ...inner: readonly string[]): boolean {
  return inner.every(cidr => cidrContains(parseCidr(range)!, parseCidr(cidr)!));
}
