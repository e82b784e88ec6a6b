import type { Topology } from '../../topology';
import { PORTS } from '../flows/flows';
import { FIXED_NAMES } from '../names';
import { AlertSeverity, type Alert } from './alert';
import type { RegionSeries } from './region-series';

/** Failed looks in a second at an address that does not answer: CoreDNS looks twice a second at one that failed. */
const FAILING = 0.1;
const SERVFAIL = 0.05;
/** Series without which rules see nothing, and which every broker has from its start. */
const NEEDED = ['atomix_role', 'zeebe_health', 'zeebe_gateway_topology_partition_roles', 'zeebe_cluster_changes_operations_pending'];

/**
 * The way to the other region, and whether metrics arrive at all.
 *
 * @internal
 */
export function platformAlerts(topology: Topology, regionId: number, series: RegionSeries): Alert[] {
  return [...dnsAlerts(topology, regionId), ...collectionAlerts(series)];
}

/** CoreDNS asks the forwarder of the other region, whose addresses are fixed. */
function dnsAlerts(topology: Topology, regionId: number): Alert[] {
  const peer = topology.peerOf(regionId);
  const dns = `namespace="${FIXED_NAMES.dnsNamespace}"`;
  const addresses = peer.forwarderAddresses.map(address => `${address.replaceAll('.', '[.]')}:${PORTS.dns}`).join('|');
  const failures = `sum by (to) (rate(coredns_proxy_healthcheck_failures_total{${dns}, to=~"${addresses}"}[5m]))`;
  const answers = (...matchers: string[]): string => `sum(rate(coredns_dns_responses_total{${[dns, ...matchers].join(', ')}}[5m]))`;
  return [
    {
      name: 'CamundaPeerUnreachable',
      severity: AlertSeverity.CRITICAL,
      expression: `count(${failures} > ${FAILING}) == ${peer.forwarderAddresses.length}`,
      minutes: 2,
      summary: `No address of the DNS forwarder of region ${peer.regionId} answers`,
      meaning: `The link to ${peer.awsRegion}, its DNS forwarder or the region is gone. Brokers that restart do not find those of the other region. It is no reason for a failover while partitions have leaders.`,
      look: 'Peering and routes, the load balancer of the forwarder and CoreDNS over there; docs/troubleshooting.md.',
      command: '`recover status`',
    },
    {
      name: 'CamundaNamesFail',
      severity: AlertSeverity.WARNING,
      expression: `${answers('rcode="SERVFAIL"')} / ${answers()} > ${SERVFAIL}`,
      minutes: 10,
      summary: 'CoreDNS has no answer to one question in twenty',
      meaning: 'Names of the other region, of AWS or of Services are not found. What runs goes on, what starts may not.',
      look: 'Log and load of CoreDNS, CamundaPeerUnreachable beside this, the resolver of the VPC.',
    },
  ];
}

function collectionAlerts(series: RegionSeries): Alert[] {
  const up = (matcher: string): string => series.of('up', matcher);
  const brokers = `job="${series.brokerJob}"`;
  const { otherJobs } = series;
  return [
    {
      name: 'CamundaNotCollected',
      severity: AlertSeverity.CRITICAL,
      expression: `absent(${up(brokers)})`,
      minutes: 5,
      summary: 'No broker of this region is collected',
      meaning:
        'No other alert of this region can fire: a rule that sees nothing is silent. There are no broker pods, or Prometheus does not find them.',
      look: 'Pods of the brokers; then the targets page of Prometheus: labels of the PodMonitor, selectors of the operator, network policies.',
      command: '`recover status`',
    },
    ...(otherJobs === undefined
      ? []
      : [
          {
            name: 'CamundaComponentDown',
            severity: AlertSeverity.WARNING,
            expression: `${up(`job=~"${otherJobs}"`)} == 0`,
            minutes: 10,
            summary: '{{ $labels.pod }} serves no metrics',
            meaning: 'A pod beside the brokers is there and does not answer: Connectors, in 8.7 also a gateway, Operate or Tasklist.',
            look: '`kubectl describe pod` and its log. It starts again by itself where its probe says so.',
          },
        ]),
    ...NEEDED.map(metric => ({
      name: 'CamundaMetricMissing',
      severity: AlertSeverity.WARNING,
      expression: `absent(${series.of(metric)}) and on () sum(${up(brokers)}) > 0`,
      minutes: 30,
      labels: { metric },
      summary: `Brokers are collected, and none has the metric {{ $labels.metric }}`,
      meaning: 'Alerts that need it cannot fire. A newer patch of Camunda calls it otherwise, or settings of yours drop it.',
      look: '`GET :9600/actuator/prometheus` of a broker, and relabelling rules of Prometheus.',
    })),
  ];
}
