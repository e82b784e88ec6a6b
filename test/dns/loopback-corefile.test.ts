import { Corefile } from '../../constructs/dns/corefile';
import { loopbackCorefile, type LoopbackPlaces } from '../support/network/loopback-corefile';

const DEPLOYED = Corefile.chained({ peerNamespaces: ['camunda-paris'], peerAddresses: ['10.202.240.10', '10.202.240.26'] }).text;
const PLACES: LoopbackPlaces = {
  bind: ['127.0.1.10', '127.0.1.11'],
  port: 1053,
  kubeconfig: '/run/region-0.kubeconfig',
  resolver: '127.0.0.53:1053',
  peers: { '10.202.240.10': '127.0.2.10', '10.202.240.26': '127.0.2.11' },
};

/** The lines of one text that are not in the other. */
function difference(one: string, other: string): string[] {
  const rest = other.split('\n');
  return one
    .split('\n')
    .filter(line => !rest.includes(line))
    .map(line => line.trim());
}

test('addresses and ports are mapped, and nothing else changes', () => {
  const loopback = loopbackCorefile(DEPLOYED, PLACES);
  expect(difference(loopback, DEPLOYED)).toEqual([
    '.:1053 {',
    'bind 127.0.1.10 127.0.1.11',
    'health 127.0.1.10:8080 {',
    'ready 127.0.1.10:8181',
    'kubeconfig /run/region-0.kubeconfig',
    'prometheus 127.0.1.10:9153',
    'forward . 127.0.0.53:1053 {',
    'camunda-paris.svc.cluster.local:1053 {',
    'bind 127.0.1.10 127.0.1.11',
    'prometheus 127.0.1.10:9153',
    'forward . 127.0.2.10:1053 127.0.2.11:1053 {',
  ]);
  expect(difference(DEPLOYED, loopback)).toEqual([
    '.:53 {',
    'health {',
    'ready',
    'prometheus :9153',
    'forward . /etc/resolv.conf {',
    'camunda-paris.svc.cluster.local:53 {',
    'prometheus :9153',
    'forward . 10.202.240.10 10.202.240.26 {',
  ]);
});

test("fails for an address that is not the forwarder's", () => {
  expect(() => loopbackCorefile(DEPLOYED, { ...PLACES, peers: { '10.202.240.10': '127.0.2.10' } })).toThrow('forwards to 10.202.240.26');
});
