import { exportedPositions } from '../../lib/recovery/exported-positions';
import type { Finding } from '../../lib/recovery/finding';
import type { HttpTransport } from '../../lib/recovery/http';
import { sidesOf } from '../../lib/recovery/members';
import { awaitMembers, awaitRecreation } from '../../lib/recovery/steps/deployments';
import { exporting } from '../../lib/recovery/steps/exporting';
import { World } from '../../lib/recovery/world';
import { answeringWorld, TOPOLOGY } from './support/answering-world';

const SIDES = sidesOf(TOPOLOGY, 1);

/** Who is asked before anybody has answered. */
async function askedAtOnce(look: (world: World) => Promise<unknown>): Promise<string[]> {
  const asked: string[] = [];
  const silent = <T>(server: string): Promise<T> => {
    asked.push(server);
    return new Promise<T>(() => undefined);
  };
  const transport = (server: string): HttpTransport => ({ send: () => silent(server) });
  const ports = {
    ...answeringWorld({}).world.ports,
    rest: transport('rest'),
    broker: (nodeId: number) => transport(`broker ${nodeId}`),
    elasticsearch: (regionId: number) => transport(`elasticsearch ${regionId}`),
    kubernetes: { region: (regionId: number) => silent<undefined>(`kubernetes ${regionId}`) },
  };
  void look(new World(TOPOLOGY, ports));
  await new Promise(resolve => setImmediate(resolve));
  return asked.sort();
}

test.each<[string, (world: World) => Promise<Finding | object>, string[]]>([
  ['brokers for their phases', world => exporting(SIDES, 'PAUSED').look(world, []), ['broker 0', 'broker 2']],
  ['brokers for positions', world => exportedPositions(world, TOPOLOGY), ['broker 0', 'broker 1', 'broker 2', 'broker 3']],
  ['both clusters', world => awaitRecreation(TOPOLOGY, SIDES).done.look(world, []), ['kubernetes 0', 'kubernetes 1']],
  [
    'gateways and both Elasticsearch',
    world => awaitMembers(TOPOLOGY, SIDES).done.look(world, []),
    ['elasticsearch 0', 'elasticsearch 1', 'rest'],
  ],
])('%s are asked side by side: many slow ones take no longer than one', async (_, look, expected) => {
  expect(await askedAtOnce(look)).toEqual(expected);
});
