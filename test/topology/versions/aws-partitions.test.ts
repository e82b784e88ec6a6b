import { RegionInfo } from 'aws-cdk-lib/region-info';
import { exampleZones, zonesIn } from '../../../constructs/topology/versions/availability-zones';
import { AWS_PARTITIONS, partitionOf } from '../../../constructs/topology/versions/aws-partitions';
import { AWS_REGIONS, OPT_IN_REGIONS } from '../../../constructs/topology/versions/aws-regions';

test('every region that the CDK knows has the partition and the endpoints that it has there', () => {
  const known = RegionInfo.regions;
  expect(known.map(({ name }) => [name, partitionOf(name).id, partitionOf(name).dnsSuffix])).toEqual(
    known.map(({ name, partition, domainSuffix }) => [name, partition, domainSuffix]),
  );
  expect(new Set(known.map(({ name }) => partitionOf(name)))).toEqual(new Set(AWS_PARTITIONS));
});

test('all regions that can hold a pair are known, with those that must be enabled', () => {
  // The CDK knows one that AWS has not opened.
  const known = RegionInfo.regions.filter(({ name }) => partitionOf(name).lacks === undefined && name !== 'me-west-1');
  expect([...AWS_REGIONS].sort()).toEqual(known.map(({ name }) => name).sort());
  expect(OPT_IN_REGIONS).toEqual(
    known
      .filter(({ isOptInRegion }) => isOptInRegion)
      .map(({ name }) => name)
      .sort(),
  );
});

test('what stands in no table of zones is ordinary, whatever its name', () => {
  expect(['eu-west-2', 'toString', 'constructor'].map(zonesIn)).toEqual([{}, {}, {}]);
  expect(exampleZones('eu-west-2')).toEqual(['eu-west-2a', 'eu-west-2b', 'eu-west-2c']);
  expect(exampleZones('ca-central-1')).toEqual(['ca-central-1a', 'ca-central-1b', 'ca-central-1d']);
});
