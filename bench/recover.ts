import { REST_MS } from '../lib/recovery/steps/rest';
import { UNSEEN_MS } from '../lib/recovery/view/absence';
import { StandInServer } from '../test/recovery/stand-in/server';
import { peopleDeploy, REPOSITORY, Scenario } from '../test/recovery/support/scenario';
import { FlowingClock } from './flowing-clock';
import { report } from './report';

// What a recovery costs beside the waits that the system itself makes: the last argument is the region that is lost.
async function main(): Promise<void> {
  const lost = Number(process.argv[3]);
  const operation = 150;
  const server = new StandInServer('over HTTP');
  const scenario = new Scenario(server, await server.start(), {
    clusterSize: 8,
    durations: { operation, gossip: 0, snapshot: 0 },
    clock: new FlowingClock(),
  });
  scenario.lose(lost);
  const startedAt = scenario.clock.now();
  if (process.argv[4] === 'failback') {
    scenario.deployment.failOver(lost);
    scenario.onEvent = peopleDeploy(scenario, lost);
    await scenario.begin({ direction: 'failback', regionId: lost, snapshotName: 'bench', repository: REPOSITORY });
  } else {
    await scenario.begin({ direction: 'failover', regionId: lost });
  }
  const injected = process.argv[4] === 'failback' ? (16 + 4 + 16) * operation + REST_MS : (9 + 16) * operation + UNSEEN_MS;
  report(scenario.clock.now() - startedAt - injected);
  await server.stop();
}

void main();
