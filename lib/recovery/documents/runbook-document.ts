import {
  recoveryTopology,
  type RecoveryTopology,
  type SnapshotRepository,
} from '../../../constructs/topology/plan/recovery/recovery-topology';
import { ACCOUNT_PLACEHOLDER } from '../../../constructs/topology/plan/storage/snapshot-storage';
import { Topology } from '../../../constructs/topology/topology';
import { CAMUNDA_VERSIONS } from '../../../constructs/topology/versions/camunda-versions';
import { READ_CONFIGURATION } from '../calls/management-calls';
import { shellLine } from '../calls/rendered-calls';
import { failbackPlan } from '../plans/failback-plan';
import { failoverPlan } from '../plans/failover-plan';
import { switchPlan } from '../plans/switch-plan';
import { idsOf, sidesOf } from '../view/members';
import { planText, preparationText } from './runbook';

/** A day on which every version was maintained: a runbook does not warn of the calendar. */
const DAY = new Date('2026-08-01');
const SNAPSHOT = 'failback-region0-20260101t120000';

/**
 * A page of docs/runbook, for the default deployment.
 *
 * @internal
 */
export interface Runbook {
  readonly fileName: string;
  readonly versions: readonly string[];
  readonly text: string;
}

/** Stands for versions until it is known which ones share a page. */
const ANY = 'VERSION';

/**
 * Runbooks of all versions. Neighbours whose steps are equal share one, so that nobody has to compare them.
 *
 * @internal
 */
export function runbooks(versions: readonly string[]): Runbook[] {
  return [...numberedRunbooks(versions), ...zonedRunbooks(versions)];
}

/** A page for each version that has zones, whose calls are others. */
function zonedRunbooks(versions: readonly string[]): Runbook[] {
  return versions
    .filter(version => CAMUNDA_VERSIONS[version]?.zones !== undefined)
    .map(version => ({ fileName: `${version}-zones.md`, versions: [`${version} with zones`], text: textFor(version, true) }));
}

function numberedRunbooks(versions: readonly string[]): Runbook[] {
  const groups: { readonly body: string; readonly versions: string[] }[] = [];
  for (const version of versions) {
    const body = textFor(version).replaceAll(`Camunda ${version}`, `Camunda ${ANY}`);
    const last = groups.at(-1);
    if (last?.body === body) last.versions.push(version);
    else groups.push({ body, versions: [version] });
  }
  return groups.map(group => ({
    fileName: `${rangeOf(group.versions)}.md`,
    versions: group.versions,
    text: group.body.replaceAll(`Camunda ${ANY}`, `Camunda ${group.versions.join(' or ')}`),
  }));
}

function rangeOf(versions: readonly string[]): string {
  return versions.length === 1 ? versions[0] : `${versions[0]}-${versions.at(-1)}`;
}

function textFor(version: string, zones = false): string {
  const topology = recoveryTopology(
    Topology.of(
      {
        regions: [
          { awsRegion: 'eu-west-2', vpcCidr: '10.192.0.0/16', serviceCidr: '10.190.0.0/16', namespace: 'camunda-london' },
          { awsRegion: 'eu-west-3', vpcCidr: '10.202.0.0/16', serviceCidr: '10.200.0.0/16', namespace: 'camunda-paris' },
        ],
        camunda: zones ? { version, zones } : { version },
      },
      DAY,
    ),
  );
  return [
    `# Runbook: Camunda ${version}${zones ? ' with zones' : ''}`,
    '',
    `Made from the plans that \`recover\` runs, by \`npm run runbook\`: do not edit. This is for the day when the program is not at hand. ${zones ? 'Ids of brokers' : 'Node ids'},`,
    'partitions and names are those of the default deployment with eight brokers, `ACCOUNT` stands for its AWS account;',
    '`recover plan --lost region1 --topology FILE ...` prints yours.',
    '',
    'Three rules above all. **Look before you send**: a step may be done already. **Never send a forced removal twice**: if it gave no',
    'answer, read what came of it. **A 204, or a 200 with nothing or with `"status":204` in its body, is a success of pausing and resuming;',
    'a 200 with `"status":500` is a failure.** A change is over when `GET /actuator/cluster` has no `pendingChange` and its `lastChange`',
    'is yours and COMPLETED, or a later one.',
    '',
    '## Failover',
    '',
    ...topology.regions.flatMap(({ regionId }) => failover(topology, regionId)),
    ...whilePending(topology),
    '## Failback',
    '',
    ...topology.regions.flatMap(({ regionId }) => failback(topology, regionId)),
    ...(zones ? switching(topology) : []),
  ].join('\n');
}

/** Rules that only zones have, and the plans that only they have. */
function switching(topology: RecoveryTopology): string[] {
  return [
    '## Switch of the leaders',
    '',
    'While both regions live. Where leaders were switched before a region was lost, that region comes back with the priority that the other one had before: look at `partitioning` in',
    '`GET /actuator/cluster` before you add it, so that both stay different.',
    '',
    ...topology.regions.flatMap(({ regionId }) => [
      preparationText(topology, 1 - regionId),
      planText(topology, switchPlan(topology, regionId)),
    ]),
  ];
}

function failover(topology: RecoveryTopology, lost: number): string[] {
  return [preparationText(topology, 1 - lost), planText(topology, failoverPlan(topology, lost))];
}

/** A removal is refused before its end. */
function whilePending(topology: RecoveryTopology): string[] {
  const [coordinator] = sidesOf(topology, 0).allIds;
  const zero = topology.regions.find(region => idsOf(region).includes(coordinator)) ?? topology.regions[0];
  const [one] = sidesOf(topology, zero.regionId).others;
  const scale = (replicas: number): string =>
    `kubectl --context "$CONTEXT_${zero.regionId}" --namespace ${zero.namespace} scale statefulset ${zero.statefulSet} --replicas=${replicas}`;
  return [
    '### A change is pending',
    '',
    'A `pendingChange` that waits for lost brokers never ends, and a removal gets 409 until it is cancelled. Cancel none that removes brokers by force, and none that deletes data or restores a',
    'backup before you know what it was for.',
    '',
    `**Region ${one.regionId} is lost.** Read its id, wait a minute whether it ends, and cancel it:`,
    '',
    '```sh',
    shellLine(topology, READ_CONFIGURATION),
    'curl --silent --show-error --request DELETE "$MANAGEMENT/actuator/cluster/changes/ID"',
    '```',
    '',
    `**Region ${zero.regionId} is lost.** Only broker ${coordinator} can cancel it. See that all brokers of region ${one.regionId} are ready, and that no other broker of region ${zero.regionId} runs. Bring`,
    `broker ${coordinator} back **alone**, with its own volume; then the two calls above, as soon as the first one answers; then take it away at once, and go on with the failover:`,
    '',
    '```sh',
    scale(1),
    scale(0),
    '```',
    '',
    `Where its volume is lost, \`recover temporary-broker --lost region${zero.regionId}\` prints a pod that stands in for it. Never recreate region ${zero.regionId} before the removal: its empty brokers could outvote`,
    'the data. [Why, and what is not proven](../decisions/0029-pending-change.md).',
    '',
  ];
}

function failback(topology: RecoveryTopology, recreated: number): string[] {
  const options = { snapshotName: SNAPSHOT.replace('region0', `region${recreated}`), repository: repositoryOf(topology, 1 - recreated) };
  return [preparationText(topology, 1 - recreated), planText(topology, failbackPlan(topology, recreated, options))];
}

/** Shells expand nothing between the quotes of a body. */
function repositoryOf({ regions }: RecoveryTopology, surviving: number): SnapshotRepository {
  const { type, settings } = regions[surviving].snapshotRepository!;
  return { type, settings: { ...settings, bucket: settings.bucket.replace(ACCOUNT_PLACEHOLDER, 'ACCOUNT') } };
}
