import type { HttpTransport } from '../../../lib/recovery/calls/http';
import type { Finding } from '../../../lib/recovery/finding';
import { awaitMembers, awaitRecreation } from '../../../lib/recovery/steps/deployments';
import { exporting } from '../../../lib/recovery/steps/exporting';
import { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { exportedPositions } from '../../../lib/recovery/view/exported-positions';
import { sidesOf } from '../../../lib/recovery/view/members';
import { answeringView, TOPOLOGY } from '../support/answering-view';

const SIDES = sidesOf(TOPOLOGY, 1);

/** Who is asked before anybody has answered. */
async function askedAtOnce(check: (view: ClusterView) => Promise<unknown>): Promise<string[]> {
  const asked: string[] = [];
  const silent = <T>(server: string): Promise<T> => {
    asked.push(server);
    return new Promise<T>(() => undefined);
  };
  const transport = (server: string): HttpTransport => ({ send: () => silent(server) });
  const ports = {
    ...answeringView({}).view.ports,
    rest: transport('rest'),
    broker: (brokerId: string) => transport(`broker ${brokerId}`),
    elasticsearch: (regionId: number) => transport(`elasticsearch ${regionId}`),
    kubernetes: { region: (regionId: number) => silent<undefined>(`kubernetes ${regionId}`) },
  };
  void check(new ClusterView(TOPOLOGY, ports));
  await new Promise(resolve => setImmediate(resolve));
  return asked.sort();
}

test.each<[string, (view: ClusterView) => Promise<Finding | object>, string[]]>([
  ['brokers for their phases', view => exporting(SIDES, 'PAUSED').check(view, []), ['broker 0', 'broker 2']],
  ['brokers for positions', view => exportedPositions(view, TOPOLOGY), ['broker 0', 'broker 1', 'broker 2', 'broker 3']],
  ['both clusters', view => awaitRecreation(TOPOLOGY, SIDES).done.check(view, []), ['kubernetes 0', 'kubernetes 1']],
  [
    'gateways and both Elasticsearch',
    view => awaitMembers(TOPOLOGY, SIDES).done.check(view, []),
    ['elasticsearch 0', 'elasticsearch 1', 'rest'],
  ],
])('%s are asked side by side: many slow ones take no longer than one', async (_, check, expected) => {
  expect(await askedAtOnce(check)).toEqual(expected);
});
