import { endText, Party, type Flow } from '../../../constructs/topology/plan/flows/flows';
import { openingsIn, type AdmittedTraffic } from './admitted-traffic';
import { dangerous, notice, type Change } from './change';
import type { DeploymentState } from './deployment-state';

/**
 * Traffic that is allowed now and was not, or the other way round: by the topology, and by what security groups and network
 * policies say. What these say because of a flow is told once, with the flow.
 *
 * @internal
 */
export function flowChanges(base: DeploymentState, head: DeploymentState): Change[] {
  const [before, after] = [base, head].map(({ topology }) => new Map(topology.flows.map(one => [flowKey(one), one])));
  const opened = [...after].filter(([key]) => !before.has(key)).map(([, one]) => one);
  const closed = [...before].filter(([key]) => !after.has(key)).map(([, one]) => one);
  return [
    ...opened.map(one => flowChange('flow-opened', one)),
    ...closed.map(one => (isOfGoneConnectors(one, head) ? goneWithConnectors(one) : flowChange('flow-closed', one))),
    ...openingChanges(base, head, { opened, closed }),
  ];
}

function isOfGoneConnectors({ source, target }: Flow, { settings }: DeploymentState): boolean {
  return !settings.connectors.enabled && [source, target].includes(Party.CONNECTORS);
}

function goneWithConnectors(one: Flow): Change {
  const text = { meaning: "Follows from 'connectors.enabled'.", advice: '' };
  return notice('flow-closed', flowKey(one), { part: 'topology', object: 'flows' }, text);
}

/** Ends that are no parties are written without blanks and slashes, as an id. */
function flowKey(one: Flow): string {
  const [source, target] = (['source', 'target'] as const).map(end => endText(one, end).replace(/[ /]/g, '-'));
  const place = `${one.crossRegion ? '-across' : ''}${one.regionId === undefined ? '' : `-region${one.regionId}`}`;
  return `${source}-${target}-${one.port}-${one.transport}${place}`;
}

function flowChange(kind: 'flow-opened' | 'flow-closed', one: Flow): Change {
  const text = `${endText(one, 'source')} to ${endText(one, 'target')}, port ${one.port} ${one.transport}${one.crossRegion ? ', across the regions too' : ''} (${one.purpose})`;
  const opens = kind === 'flow-opened';
  return dangerous(
    kind,
    flowKey(one),
    { part: 'topology', object: 'flows' },
    {
      ...(opens ? { after: text } : { before: text }),
      meaning: opens ? 'Traffic is admitted that was not.' : 'Traffic is refused that was admitted: what needs it stops working.',
      advice: opens ? 'Make sure that it is meant, and acknowledge it.' : 'Make sure that nothing uses it any more, and acknowledge it.',
    },
  );
}

interface ChangedFlows {
  readonly opened: readonly Flow[];
  readonly closed: readonly Flow[];
}

function openingChanges(base: DeploymentState, head: DeploymentState, flows: ChangedFlows): Change[] {
  const [before, after] = [base, head].map(state => openingsIn(state));
  return [
    ...byHolder(
      [...after].filter(([key]) => !before.has(key)).map(([, one]) => one),
      'opened',
      flows.opened,
    ),
    ...byHolder(
      [...before].filter(([key]) => !after.has(key)).map(([, one]) => one),
      'closed',
      flows.closed,
    ),
  ];
}

/** One change for each policy or group, so that a policy with ten ports is one line. */
function byHolder(all: readonly AdmittedTraffic[], what: 'opened' | 'closed', flows: readonly Flow[]): Change[] {
  const holders = [...new Set(all.map(({ part, holder }) => `${part} ${holder}`))];
  return holders.map(name => {
    const them = all.filter(({ part, holder }) => `${part} ${holder}` === name);
    const [{ part, place, holder }] = them;
    const isOfFlow = them.every(({ port, transport }) =>
      flows.some(one => String(one.port) === port && String(one.transport) === transport),
    );
    const text = [...new Set(them.map(({ text: sentence }) => sentence))].join('; ');
    const where = { part, object: holder };
    const values = what === 'opened' ? { after: text } : { before: text };
    if (isOfFlow)
      return notice(`opening-${what}`, `${place}/${holder}`, where, {
        ...values,
        meaning: `Follows from a flow that is ${what}.`,
        advice: '',
      });
    return dangerous(`opening-${what}`, `${place}/${holder}`, where, {
      ...values,
      meaning:
        what === 'opened' ? 'Traffic is admitted that no flow of the topology asks for anew.' : 'Traffic is refused that was admitted.',
      advice: 'Make sure that it is meant, and acknowledge it.',
    });
  });
}
