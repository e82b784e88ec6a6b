import { Topology } from '../constructs/topology/topology';
import { regionManifests } from '../lib/region-manifests';
import { deployments } from './deployments';
import { report } from './report';

const start = performance.now();
for (const settings of deployments(Number(process.argv[3]))) {
  const topology = Topology.of(settings);
  topology.regions.forEach(({ regionId }) => regionManifests(topology, regionId));
}
report(performance.now() - start);
