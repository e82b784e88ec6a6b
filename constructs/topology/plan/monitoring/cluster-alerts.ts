import { planOf } from '../../plan-of';
import type { Topology } from '../../topology';
import { AlertSeverity, type Alert } from './alert';
import type { RegionSeries } from './region-series';

/** Heartbeats that the followers of each partition miss in a second while there is no leader: one in 20 s, and none while there is one. */
const MISSED_HEARTBEATS = 0.05;
/** Share of requests that are refused. */
const REFUSED = 0.1;
/** Changes of roles of a partition in ten minutes. A rollout of a region makes six. */
const MANY_CHANGES = 12;

/**
 * Quorum, brokers and partitions. Rules on leaders use what the gateways see: that is of the whole cluster.
 *
 * @internal
 */
export function clusterAlerts(topology: Topology, regionId: number, series: RegionSeries): Alert[] {
  return [
    ...quorumAlerts(topology, regionId, series),
    ...brokerAlerts(topology, regionId, series),
    ...stateAlerts(series),
    ...leaderAlerts(topology, regionId, series),
  ];
}

function quorumAlerts(topology: Topology, regionId: number, series: RegionSeries): Alert[] {
  const peer = topology.peerOf(regionId);
  const missed = `min(sum by (partition) (rate(${series.of('atomix_heartbeat_miss_count_total')}[2m]))) > ${MISSED_HEARTBEATS}`;
  const partitions = planOf(topology).settings.camunda.partitionCount;
  return [
    {
      name: 'CamundaAllPartitionsWithoutLeader',
      severity: AlertSeverity.CRITICAL,
      // The second is for gateways that remember leaders which are gone.
      expression: `${series.highestRole()} < 3 and on () (max(${series.leadersSeen()}) == 0 or ${missed})`,
      minutes: 1,
      summary: 'No partition has a leader: half of the replicas are gone or cut off',
      meaning: `Nothing is processed, in neither region. Region ${peer.regionId} (${peer.awsRegion}) is lost, or the link to it is cut. Data is safe. If the region is lost, a failover makes this one work alone; if only the link is cut, leaders come back with it.`,
      look: 'Is the other region there: its console, its cluster, its alerts? CamundaPeerUnreachable beside this says that nothing of it answers.',
      command: `\`recover status\`, then \`recover failover --lost region${peer.regionId}\``,
    },
    {
      name: 'CamundaPartitionWithoutLeader',
      severity: AlertSeverity.CRITICAL,
      expression: `${series.leadersSeen()} == 0`,
      minutes: 1,
      summary: 'Partition {{ $labels.partition }} has no leader that a gateway of this region knows',
      meaning: 'The process instances of this partition stand still. Two of its four replicas are gone or cut off. Others go on.',
      look: 'Which brokers hold the partition, and which of their pods are not ready? Brokers that restart find a leader within a minute.',
      command: '`recover status`',
    },
    {
      name: 'CamundaPartitionsMissing',
      severity: AlertSeverity.WARNING,
      expression: `count(count by (partition) (${series.of('zeebe_gateway_topology_partition_roles')})) < ${partitions}`,
      minutes: 15,
      summary: `The gateways know fewer partitions than the ${partitions} that are described`,
      meaning: 'Partitions were added to the settings and not yet to the cluster, or no broker of a partition ever answered.',
      look: '`GET :9600/actuator/cluster` lists partitions and their brokers. After `camunda.partitionCount` was raised, this fires until the cluster is scaled.',
      command: '`recover status`; `recover scale` after partitions were added',
    },
  ];
}

function brokerAlerts(topology: Topology, regionId: number, series: RegionSeries): Alert[] {
  const brokers = topology.regions[regionId].brokers.length;
  const seen = `sum(${series.of('up', `job="${series.brokerJob}"`)})`;
  return [
    {
      name: 'CamundaBrokerMissing',
      severity: AlertSeverity.WARNING,
      expression: `${seen} == ${brokers - 1}`,
      minutes: 30,
      summary: `One of the ${brokers} brokers of this region serves no metrics`,
      meaning:
        'Its partitions have three replicas left, and need three. One more that is lost halts them. A rollout takes less time than this waits.',
      look: '`kubectl get pods` of the namespace: which broker is not ready, and why: node, volume, memory, names?',
      command: '`recover status`',
    },
    {
      name: 'CamundaBrokersMissing',
      severity: AlertSeverity.CRITICAL,
      expression: `${seen} < ${brokers - 1}`,
      minutes: 3,
      summary: `{{ $value }} of the ${brokers} brokers of this region serve metrics`,
      meaning:
        'Partitions whose two replicas of this region are both on missing brokers have no majority. A budget lets a drain take one broker only.',
      look: 'Nodes of the region, and zones: is a zone lost? Then the pods: pending, crashing, or without names of the others?',
      command: '`recover status`',
    },
  ];
}

function stateAlerts(series: RegionSeries): Alert[] {
  const requests = (kind: string): string => `sum by (partition) (rate(${series.of(`zeebe_${kind}_request_count_total`)}[5m]))`;
  const banned = series.of('', '__name__=~"zeebe_banned_instances(_total)?"');
  const pending = series.of('zeebe_cluster_changes_operations_pending');
  return [
    {
      name: 'CamundaPartitionUnhealthy',
      severity: AlertSeverity.WARNING,
      expression: `min by (partition, pod) (${series.of('zeebe_health')}) < 1`,
      minutes: 5,
      summary: 'Partition {{ $labels.partition }} is unhealthy on {{ $labels.pod }}',
      meaning: 'A part of the broker failed for this partition: storage, exporting or processing. Another replica may lead it meanwhile.',
      look: '`GET :9600/actuator/partitions` and the log of this pod. A value of -1 means that it does not recover without a restart.',
      command: '`recover status`',
    },
    {
      name: 'CamundaBackpressure',
      severity: AlertSeverity.WARNING,
      expression: `${requests('dropped')} / ${requests('received')} > ${REFUSED}`,
      minutes: 10,
      summary: 'More than a tenth of the requests to partition {{ $labels.partition }} are refused',
      meaning:
        'The partition gets more than it can process, or replication to the other region is slow. Clients try again, and latency grows.',
      look: 'Load of the brokers, round trip between the regions, exporters that lag, and whether one partition alone is hot.',
    },
    {
      name: 'CamundaChangeStuck',
      severity: AlertSeverity.CRITICAL,
      // A change of many operations may take long: what counts is that none ends.
      expression: `max(${pending}) > 0 and on () max(changes(${pending}[20m])) == 0`,
      minutes: 10,
      summary: 'A change of the cluster is pending, and none of its operations ended for half an hour',
      meaning: 'Camunda makes one change at a time: a failover would be refused while this one is pending.',
      look: '`GET :9600/actuator/cluster`, `pendingChange`: which operation waits for which broker? Bring that broker back.',
      command: '`recover status`; `recover cancel-change` where a lost region is back',
    },
    {
      name: 'CamundaInstancesBanned',
      severity: AlertSeverity.WARNING,
      // A gauge in spite of its name, which some versions of the client shorten.
      expression: `max by (partition) (${banned}) - max by (partition) (${banned} offset 1h) > 0`,
      minutes: 0,
      summary: 'Process instances of partition {{ $labels.partition }} were banned within the last hour',
      meaning: 'The engine met an error of its own in them and will never process them again. Others go on.',
      look: 'The log of the leader names the instances and the error. It is a case for the support of Camunda.',
    },
    {
      name: 'CamundaBackupFailed',
      severity: AlertSeverity.WARNING,
      expression: `sum(increase(${series.of('zeebe_backup_operations_total', 'operation="take"', 'result="failed"')}[1h])) > 0`,
      minutes: 0,
      summary: "A backup of the engine's own data failed within the last hour",
      meaning: 'That backup cannot be restored. The next one needs a higher id.',
      look: '`GET :9600/actuator/backupRuntime` (8.7: `/actuator/backups`) and the log of the leaders. A change of leaders fails a backup, too.',
    },
  ];
}

function leaderAlerts(topology: Topology, regionId: number, series: RegionSeries): Alert[] {
  const { partitionCount } = planOf(topology).settings.camunda;
  // With all leaders in one region, which is so with zones and after a failover, each broker has this many.
  const share = Math.ceil(partitionCount / topology.regions[regionId].brokers.length) + 1;
  return [
    {
      name: 'CamundaElectionStorm',
      severity: AlertSeverity.WARNING,
      expression: `sum by (partition) (changes(${series.of('atomix_role')}[10m])) > ${MANY_CHANGES}`,
      minutes: 5,
      summary: 'Leaders of partition {{ $labels.partition }} change again and again',
      meaning: 'Each change halts the partition for seconds. Mostly the link between the regions is bad, or a broker gets no processor.',
      look: 'Round trip and loss between the regions, processors of the brokers that are throttled, pauses of garbage collection.',
      command: '`recover status`',
    },
    {
      name: 'CamundaLeadersUnbalanced',
      severity: AlertSeverity.INFO,
      expression: `max(sum by (pod) (${series.of('atomix_role')} == bool 3)) > ${share}`,
      minutes: 60,
      summary: `A broker of this region leads {{ $value }} partitions: more than ${share}`,
      meaning: 'After restarts leaders stay where they were elected. The work is on fewer brokers than it could be.',
      look: 'Ask for new elections in a quiet hour: `POST :9600/actuator/rebalance`.',
    },
  ];
}
