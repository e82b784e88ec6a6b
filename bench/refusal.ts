import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recoveryTopologyText } from '../constructs/topology/plan/recovery/recovery-topology-document';
import { Deployment, topologyOf } from '../test/recovery/stand-in/deployment';
import { StandInServer } from '../test/recovery/stand-in/server';
import { VirtualClock } from '../test/recovery/stand-in/virtual-clock';
import { Program } from '../test/recovery/support/program';
import { report } from './report';

// How long the program as it is shipped takes to refuse the description of a cluster of another size: the whole process.
async function main(): Promise<void> {
  const program = new Program();
  await program.bundle();
  const server = new StandInServer();
  const url = await server.start();
  const clock = new VirtualClock(Date.now());
  const deployment = new Deployment({ version: '8.9', clusterSize: 12, durations: { operation: 10, gossip: 0, snapshot: 0 } }, clock);
  server.serve(deployment);
  deployment.lose(1);
  const topology = join(program.folder, 'topology.json');
  writeFileSync(topology, recoveryTopologyText(topologyOf('8.9', 8)));
  const addresses = ['--management-url', `${url}/management`, '--rest-url', `${url}/rest`, '--state', join(program.folder, 'state.json')];
  const started = performance.now();
  const { code, err } = await program.run(['failover', '--lost', 'region1', '--fenced', '--yes', '--topology', topology, ...addresses]);
  const took = performance.now() - started;
  if (code !== 3) throw new Error(`it was not refused: exit code ${code}\n${err}`);
  await server.stop();
  program.remove();
  report(took);
}

void main();
