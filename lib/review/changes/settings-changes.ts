import { clusterZones } from '../../../constructs/topology/plan/placement/cluster-zones';
import type { RegionSettings } from '../../../constructs/topology/settings/regions';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { dangerous, type Change, type ChangeText } from './change';
import type { DeploymentState } from './deployment-state';
import { isSame } from './plain-data';

/** Whether the deployment is another one altogether, so that objects have nothing to be compared with. */
interface Identity {
  readonly changes: readonly Change[];
  readonly isSameDeployment: boolean;
}

/** @internal */
export function identityChanges({ settings: before }: DeploymentState, { settings: after }: DeploymentState): Identity {
  const changes: Change[] = [];
  if (before.name !== after.name) {
    changes.push(
      settingDanger('release-name-changed', 'name', 'name', {
        before: before.name,
        after: after.name,
        meaning:
          'Every stack and every object gets another name: an empty deployment is made beside the running one, with the same ranges.',
        advice: 'Keep the name. To move, deploy anew elsewhere and restore a backup there.',
      }),
    );
  }
  const [old, now] = [before.regions.map(({ awsRegion }) => awsRegion), after.regions.map(({ awsRegion }) => awsRegion)];
  if (old[0] === now[1] && old[1] === now[0]) {
    changes.push(
      settingDanger('regions-swapped', 'regions', 'regions', {
        before: old,
        after: now,
        meaning:
          'Region 0 holds the even node ids. Every broker would look for the data of another one, in stacks that do not exist there.',
        advice: "Keep the order. Where user traffic goes to is said by 'activeRegion'.",
      }),
    );
  } else {
    now.forEach((awsRegion, i) => {
      if (awsRegion === old[i]) return;
      changes.push(
        settingDanger('aws-region-changed', `region${i}`, `regions[${i}].awsRegion`, {
          before: old[i],
          after: awsRegion,
          meaning:
            'Everything of this region is made anew, and empty, in another AWS region; what runs stays where it is and is forgotten.',
          advice: 'Fail over to the other region first, then recreate this one and fail back: docs/recovery.md.',
        }),
      );
    });
  }
  after.regions.forEach(({ account }, i) => {
    const earlier = before.regions[i].account;
    if (account === earlier || account === undefined || earlier === undefined) return;
    changes.push(
      settingDanger('account-changed', `region${i}`, `regions[${i}].account`, {
        before: earlier,
        after: account,
        meaning: 'Everything of this region is made anew, and empty, in another account; what runs stays where it is and is forgotten.',
        advice: 'Keep the account. To move, deploy anew and restore a backup there.',
      }),
    );
  });
  return { changes, isSameDeployment: changes.length === 0 };
}

/**
 * Settings that must not be changed in a running deployment, or only in one direction.
 *
 * @internal
 */
export function settingsDangers(base: DeploymentState, head: DeploymentState): Change[] {
  return [...regionDangers(base, head), ...clusterDangers(base, head), ...brokerMoves(base, head)];
}

function regionDangers(
  { settings: before, topology: baseTopology }: DeploymentState,
  { settings: after, topology }: DeploymentState,
): Change[] {
  return after.regions.flatMap((region, i) => {
    const old = before.regions[i];
    const about = `region${i}`;
    const changes: Change[] = [];
    if (old.serviceCidr !== region.serviceCidr) {
      changes.push(
        settingDanger('service-range-changed', about, `regions[${i}].serviceCidr`, {
          before: old.serviceCidr,
          after: region.serviceCidr,
          meaning: 'The range of Services is fixed when a cluster is made: the cluster is replaced, and its data with it.',
          advice: 'Keep the range. To change it, recreate the region after a failover: docs/recovery.md.',
        }),
      );
    }
    if (old.namespace !== region.namespace) {
      changes.push(
        settingDanger('namespace-changed', about, `regions[${i}].namespace`, {
          before: old.namespace,
          after: region.namespace,
          meaning: 'Brokers and Elasticsearch start empty in the new namespace, under names that the other region does not know yet.',
          advice: 'Keep the namespace. To change it, recreate the region after a failover: docs/recovery.md.',
        }),
      );
    }
    if (old.existingVpc?.vpcId !== region.existingVpc?.vpcId) {
      changes.push(
        settingDanger('vpc-changed', about, `regions[${i}].existingVpc`, {
          before: vpcText(old),
          after: vpcText(region),
          meaning: 'A cluster cannot move to another VPC: it is replaced, and what runs in it starts empty.',
          advice: 'Keep the VPC. To change it, recreate the region after a failover: docs/recovery.md.',
        }),
      );
    }
    if (!isSame(baseTopology.forwarderAddresses[i], topology.forwarderAddresses[i])) {
      changes.push(
        dangerous(
          'forwarder-addresses-changed',
          about,
          { part: `Region${i}`, object: 'DNS forwarder' },
          {
            before: baseTopology.forwarderAddresses[i],
            after: topology.forwarderAddresses[i],
            meaning:
              "The other region's CoreDNS asks the old addresses until it is deployed too: brokers do not find each other meanwhile.",
            advice: 'Keep the range of the VPC, or the forwarder subnets of an existing one: the addresses follow from them.',
          },
        ),
      );
    }
    return changes;
  });
}

function vpcText({ existingVpc }: RegionSettings): string {
  return existingVpc?.vpcId ?? 'made by this deployment';
}

function clusterDangers({ settings: before }: DeploymentState, { settings: after }: DeploymentState): Change[] {
  const scales = CAMUNDA_VERSIONS[before.camunda.version]?.supports.scaling === true;
  const changes: Change[] = [];
  for (const [key, what] of [
    ['partitionCount', 'partitions'],
    ['clusterSize', 'brokers'],
  ] as const) {
    const [old, now] = [before.camunda[key], after.camunda[key]];
    const kind = key === 'partitionCount' ? 'partition-count' : 'cluster-size';
    const values = { before: old, after: now };
    if (now < old) {
      const lost =
        key === 'partitionCount'
          ? 'Partitions cannot be taken away: their process instances would be lost.'
          : 'Brokers that hold replicas are taken away: partitions lose their majority.';
      changes.push(
        settingDanger(`${kind}-lowered`, String(now), `camunda.${key}`, { ...values, meaning: lost, advice: 'Keep the number.' }),
      );
    } else if (now > old && !scales) {
      const meaning = `Camunda ${before.camunda.version} cannot add ${what} to a running cluster: brokers disagree on who holds which partition.`;
      const advice = 'Upgrade to a version that scales first, or keep the number.';
      changes.push(settingDanger(`${kind}-raised`, String(now), `camunda.${key}`, { ...values, meaning, advice }));
    }
  }
  changes.push(...zoneDangers(before, after), ...exporterDangers(before, after));
  const [was, is] = [before.tls, after.tls];
  if (was.betweenBrokers !== is.betweenBrokers) {
    changes.push(
      settingDanger('broker-encryption-changed', String(is.betweenBrokers), 'tls.betweenBrokers', {
        before: was.betweenBrokers,
        after: is.betweenBrokers,
        meaning: 'A broker that encrypts and one that does not cannot talk: a rolling restart takes the cluster apart.',
        advice: 'Stop all brokers of both regions for it, as docs/decisions/0013-tls.md says.',
      }),
    );
  }
  return changes;
}

/** What brokers are called is in their data, in the names of their volumes and in the cluster's own list. */
function zoneDangers(before: DeploymentState['settings'], after: DeploymentState['settings']): Change[] {
  const [old, now] = [before, after].map(settings => clusterZones(settings).map(({ name }) => name));
  if (isSame(old, now)) return [];
  const text = (names: readonly string[]): string => (names.length === 0 ? 'numbered brokers' : `zones ${names.join(' and ')}`);
  return [
    settingDanger('broker-zones-changed', 'zones', old.length === now.length ? 'regions[].zone.name' : 'camunda.zones', {
      before: text(old),
      after: text(now),
      meaning:
        'Brokers of other names start on empty volumes beside a cluster whose brokers are taken away: every partition loses its replicas.',
      advice: 'Keep it. A cluster begins with zones or without, and stays so: docs/zones.md says why, and what to do instead.',
    }),
  ];
}

/** A base of an older library has no list of exporters, or no such section. */
function exporterDangers(before: DeploymentState['settings'], after: DeploymentState['settings']): Change[] {
  const [old, now] = [before, after].map(({ orchestration }) =>
    ((orchestration as Partial<typeof orchestration> | undefined)?.exporters ?? []).map(({ exporterId }) => exporterId),
  );
  return old
    .filter(exporterId => !now.includes(exporterId))
    .map(exporterId =>
      settingDanger('exporter-removed', exporterId, 'orchestration.exporters', {
        before: exporterId,
        after: now.join(', '),
        meaning:
          'While it is enabled in the cluster and no broker runs it, logs are not cut: volumes fill until brokers take no more commands.',
        advice: `Disable it first ('POST :9600/actuator/exporters/${exporterId}/disable'), see DISABLED, then deploy without it and acknowledge the change: docs/exporters.md.`,
      }),
    );
}

function brokerMoves({ topology: before }: DeploymentState, { topology: after }: DeploymentState): Change[] {
  const idOf = new Map(before.brokers.map(({ regionId, podName, nodeId }) => [`region ${regionId} ${podName}`, nodeId]));
  const moved = after.brokers.flatMap(({ regionId, podName, nodeId }) => {
    const old = idOf.get(`region ${regionId} ${podName}`);
    return old === undefined || old === nodeId ? [] : [{ pod: `region ${regionId} ${podName}`, old, nodeId }];
  });
  if (moved.length === 0) return [];
  return [
    dangerous(
      'broker-node-ids-moved',
      'brokers',
      { part: 'topology', object: 'node ids' },
      {
        before: moved.map(({ pod, old }) => `${pod}: ${old}`).join(', '),
        after: moved.map(({ pod, nodeId }) => `${pod}: ${nodeId}`).join(', '),
        meaning: "A broker finds another one's data on its volume, and the cluster has the same replica twice.",
        advice: 'Keep node ids. They follow from the position of the pod and the order of the regions.',
      },
    ),
  ];
}

function settingDanger(kind: string, about: string, setting: string, text: ChangeText): Change {
  return dangerous(kind, about, { part: 'settings', object: setting }, text);
}
