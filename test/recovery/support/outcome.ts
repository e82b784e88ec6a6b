import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { Progress } from '../../../lib/recovery/record/progress';
import { RecoveryStop } from '../../../lib/recovery/stop';
import type { Zone } from '../stand-in/engine-model';
import type { Killed, Scenario } from './scenario';

/** What both regions must have alike. */
const COMPARED = ['operate-list-view', 'tasklist-task', 'records'];

/** What is wrong with how a run has ended: nothing, if all is as it must be. */
export function wrongs(scenario: Scenario, affected: number, end: RecoveryStop | Killed | undefined): string[] {
  return [...unsafe(scenario, affected), ...(end === undefined ? incomplete(scenario, affected) : silent(end))];
}

/** What must never be, whatever happens. */
function unsafe({ deployment }: Scenario, affected: number): string[] {
  const { engine, search, former } = deployment;
  const survivor = 1 - affected;
  const gone = former.regions[survivor].brokers.filter(({ brokerId }) => !engine.members.has(brokerId)).map(({ brokerId }) => brokerId);
  const empty = COMPARED.filter(name => deployment.documentsOf(survivor, name) < 250);
  const lost = former.partitions.map(({ partitionId }) => partitionId).filter(id => engine.partitions.get(id)!.size < 2);
  return [
    ...engine.violations,
    ...gone.map(id => `broker ${id} of the survivor is no member`),
    ...empty.map(name => `index ${name} of the survivor has lost documents`),
    ...lost.map(id => `partition ${id} has less than two replicas`),
    ...(search[survivor].indices.size < 5 ? ['the survivor has lost an index'] : []),
  ];
}

/** What is missing where a run says that it is done. */
function incomplete(scenario: Scenario, affected: number): string[] {
  const { deployment } = scenario;
  const { engine, search, topology } = deployment;
  const progress: Progress = scenario.progress();
  const states = topology.exporters.map(
    ({ exporterId, regionId }) => `${regionId === affected ? 'affected' : 'other'} ${engine.exporters.get(exporterId)}`,
  );
  const paused = [...engine.partitions.values()].some(replicas => [...replicas.values()].some(replica => replica.paused));
  const sizes = new Set([...engine.partitions.values()].map(replicas => replicas.size));
  const found: string[] = [];
  const demand = (is: boolean, text: string): void => void (is || found.push(text));
  demand(progress.finishedAt !== undefined, 'the record is not finished');
  demand(!paused, 'exporting is paused');
  demand(engine.pending === undefined, 'a change is pending');
  if (progress.request.direction === 'scale') return [...found, ...notScaled(scenario)];
  if (progress.request.direction === 'switch') return [...found, ...notSwitched(scenario, affected)];
  if (progress.request.direction === 'failover') {
    demand(engine.members.size === topology.regions[0].brokers.length, `there are ${engine.members.size} members`);
    demand(
      [...engine.members].every(id => topology.regions[1 - affected].brokers.some(({ brokerId }) => brokerId === id)),
      'members of the lost region are left',
    );
    demand(engine.layout === undefined || sameZones(engine.layout, topology, [1 - affected]), 'the zone is in the layout');
    demand(states.includes('affected DISABLED') && states.includes('other ENABLED'), `exporters are ${states.join()}`);
    return found;
  }
  demand(engine.members.size === 2 * topology.regions[0].brokers.length, `there are ${engine.members.size} members`);
  demand(sizes.size === 1 && sizes.has(4), `partitions have ${[...sizes].join()} replicas`);
  if (engine.layout) found.push(...wrongZones(scenario, engine.layout));
  demand(
    states.every(state => state.endsWith(' ENABLED')),
    `exporters are ${states.join()}`,
  );
  demand(search[affected].templates, 'templates are missing in the recreated region');
  deployment.comeToRest();
  for (const name of COMPARED) {
    const [a, b] = [0, 1].map(regionId => deployment.documentsOf(regionId, name));
    demand(a === b, `${name} has ${a} and ${b} documents`);
  }
  // Nothing is missing, and nothing came twice.
  const due = 250 + engine.written - 1_000;
  demand(
    deployment.documentsOf(affected, 'records') === due,
    `there are ${deployment.documentsOf(affected, 'records')} records, not ${due}`,
  );
  return found;
}

function sameZones(layout: readonly Zone[], { regions }: RecoveryTopology, regionIds: readonly number[]): boolean {
  const due = regionIds.map(id => regions[id].zone?.name);
  return layout.length === due.length && layout.every(({ name }) => due.includes(name));
}

/** What a failback must leave of zones: both, with the priorities that they began with in whatever order, and leaders where the higher one is. */
function wrongZones({ deployment }: Scenario, layout: readonly Zone[]): string[] {
  const { engine, topology } = deployment;
  const prioritiesOf = (zones: readonly (Zone | undefined)[]): string =>
    zones
      .map(zone => zone?.priority ?? NaN)
      .sort((a, b) => a - b)
      .join();
  const begun = topology.regions.map(({ zone }) => zone);
  return [
    ...(sameZones(layout, topology, [0, 1]) ? [] : ['zones are missing in the layout']),
    ...(prioritiesOf(layout) === prioritiesOf(begun) ? [] : [`priorities are ${prioritiesOf(layout)}`]),
    ...[...engine.partitions.keys()].filter(id => engine.leaderOf(id) === undefined).map(id => `partition ${id} has no leader`),
  ];
}

/** What a switch must leave: all leaders in the region that was to get them, and its zone first. */
function notSwitched({ deployment }: Scenario, to: number): string[] {
  const { engine, topology } = deployment;
  const ids = topology.regions[to].brokers.map(({ brokerId }) => brokerId);
  const elsewhere = [...engine.partitions.keys()].filter(id => !ids.includes(engine.leaderOf(id) ?? ''));
  const [first] = [...engine.layout!].sort((a, b) => b.priority - a.priority);
  return [
    ...elsewhere.map(id => `partition ${id} is led elsewhere`),
    ...(first.name === topology.regions[to].zone?.name ? [] : [`zone ${first.name} is the first one`]),
    ...(sameZones(engine.layout!, topology, [0, 1]) ? [] : ['zones are missing in the layout']),
  ];
}

/** What a scaling must leave: all that is described, alike in both regions. */
function notScaled({ deployment }: Scenario): string[] {
  const { engine, topology } = deployment;
  const ids = topology.regions.map(({ brokers }) => brokers.map(({ brokerId }) => brokerId));
  const uneven = [...engine.partitions].filter(([, replicas]) => ids.some(own => own.filter(id => replicas.has(id)).length !== 2));
  return [
    ...(engine.members.size === ids.flat().length ? [] : [`there are ${engine.members.size} members`]),
    ...(engine.partitions.size === topology.partitions.length ? [] : [`there are ${engine.partitions.size} partitions`]),
    ...uneven.map(([id]) => `partition ${id} has not two replicas in each region`),
    ...[...engine.exporters].filter(([, state]) => state !== 'ENABLED').map(([id]) => `exporter ${id} is disabled`),
  ];
}

/** A stop must say why and what to do. */
function silent(end: RecoveryStop | Killed): string[] {
  if (!(end instanceof RecoveryStop)) return [];
  return end.message.length > 20 && end.advice.length > 20
    ? []
    : [`it stopped without saying what to do: '${end.message}', '${end.advice}'`];
}
