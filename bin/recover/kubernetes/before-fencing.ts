import type { RecoveryTopology } from '../../../constructs/topology/plan/recovery/recovery-topology';
import type { Reading } from '../../../lib/recovery/calls/readings';
import { descriptionFinding } from '../../../lib/recovery/steps/described-cluster';
import { RecoveryStop } from '../../../lib/recovery/stop';
import { holdersAmong, type ClusterTopology } from '../../../lib/recovery/view/cluster-topology';
import { ClusterView } from '../../../lib/recovery/view/cluster-view';
import { evidenceText } from '../../../lib/recovery/view/evidence';
import { coordinatorIsIn, idsOf, listText, sidesOf } from '../../../lib/recovery/view/members';
import { evidenceOf } from '../../../lib/recovery/view/region-evidence';
import type { FoundDeployment } from '../deployment';
import { UsageError } from '../exit-code';
import { recordsOf } from '../state/records';
import { kubernetesFailure } from './kubernetes-failure';

/** What gateways show before a region is cut off, and the way to them. */
export interface Sight {
  readonly view: ClusterView;
  /** The region whose gateways were asked. */
  readonly asked: number;
  readonly gateways: Reading<ClusterTopology>;
}

/**
 * Refuses to cut off a region unless the other one shows that it would go on alone: that it holds partitions, and is not one that comes
 * back and has not everything yet. Refuses too where the cluster is not the one that is described.
 *
 * @param otherLives what somebody says who sees by other means that the other region lives. It counts where that region cannot be asked
 */
export async function refuseUnlessOtherLives(found: FoundDeployment, regionId: number, otherLives = false): Promise<Sight> {
  const { topology } = found;
  const survivor = sidesOf(topology, regionId).others[0].regionId;
  if (!found.hasKubernetes(regionId))
    throw new UsageError(`there is no context for region ${regionId}; name it as in --context region${regionId}=NAME`);
  if (await comesBack(found, survivor)) {
    throw new RecoveryStop(
      'refused',
      `region ${survivor} comes back, and its failback is not finished: region ${regionId} may have the only copy of the data`,
      `finish the failback with 'recover resume'. If region ${survivor} is lost again, region ${regionId} is the one to keep`,
    );
  }
  // Without a context for the other region, it may still be seen from here.
  const asked = found.hasKubernetes(survivor) ? survivor : regionId;
  const view = new ClusterView(topology, found.portsFor(asked));
  const gateways = await view.seenTopology();
  const sight = { view, asked, gateways };
  const unseen = whyUnseen(topology, survivor, sight);
  const isUnknown = asked !== survivor || !gateways.ok;
  if (unseen === undefined || (isUnknown && otherLives)) {
    await refuseAnother(topology, regionId, sight);
    return sight;
  }
  const way = asked === survivor ? `look with 'recover status'` : `name its context too, as in --context region${survivor}=NAME`;
  throw new RecoveryStop(
    'refused',
    `nothing shows that region ${survivor} lives (${unseen}): with region ${regionId} cut off, nothing might be left`,
    `${way}. Cut off only the region that is to be given up${isUnknown ? `; where region ${survivor} cannot be asked from here, see by other means that it lives, and confirm that with --other-lives` : ''}`,
  );
}

/** Why it is not seen that a region lives, or undefined if it is. */
function whyUnseen(topology: RecoveryTopology, regionId: number, { asked, gateways }: Sight): string | undefined {
  if (!gateways.ok) return gateways.why;
  if (holdersIn(topology, regionId, gateways.value).length > 0) return undefined;
  const seen = listText(gateways.value.brokers.map(({ brokerId }) => brokerId));
  return `gateways of region ${asked} see none of its brokers with a partition, only ${seen}`;
}

function holdersIn(topology: RecoveryTopology, regionId: number, seen: ClusterTopology): string[] {
  return holdersAmong(seen, idsOf(topology.regions[regionId]));
}

/** Refuses where what gateways and members show is another cluster. Where they show nothing, there is nothing to compare. */
async function refuseAnother(topology: RecoveryTopology, regionId: number, { view, gateways }: Sight): Promise<void> {
  if (!gateways.ok) return;
  // While its coordinator is cut off, the configuration cannot be read, and asking for it takes ten seconds.
  const configuration = coordinatorIsIn(sidesOf(topology, regionId)) ? undefined : await view.configuration();
  const readings = { gateways, search: [], ...(configuration ? { configuration } : {}) };
  const { state, why, advice = '' } = descriptionFinding(topology, readings, { kind: 'whole', changing: false });
  if (state === 'blocked') throw new RecoveryStop('refused', why, advice);
}

/** What is seen of both regions, a line each. */
export async function sightLines(topology: RecoveryTopology, regionId: number, { view, asked, gateways }: Sight): Promise<string[]> {
  const sides = sidesOf(topology, regionId);
  const other = sides.others[0].regionId;
  const holders = gateways.ok ? holdersIn(topology, other, gateways.value) : [];
  const seen = gateways.ok
    ? `gateways of region ${asked} see brokers ${listText(holders)} of it with partitions`
    : `gateways of region ${asked} do not tell: ${gateways.why}`;
  const evidence = await evidenceOf(view, sides, Promise.resolve(gateways), true);
  return [
    `region ${other}, which is to go on alone`,
    `  ${seen}${holders.length === 0 ? '; that it lives is confirmed by --other-lives' : ''}`,
    `region ${regionId}, which is cut off`,
    ...evidence.map(one => `  ${evidenceText(one)}`),
  ];
}

/** The Kubernetes API fails while a region is cut off, as a reason to stop. Another error stays what it is. */
export function stopOfFencing(error: unknown, regionId: number): unknown {
  const why = kubernetesFailure(error);
  if (why === undefined) return error;
  return new RecoveryStop(
    'stopped',
    `region ${regionId} may be cut off in part only: ${why}`,
    'give the same command again: it does what is left. Until it has ended well, the region is not cut off',
  );
}

/** Whether a record tells of a failback of this region that is not finished. A record that cannot be read tells nothing. */
async function comesBack(found: FoundDeployment, regionId: number): Promise<boolean> {
  return (await recordsOf(found)).some(read => {
    if (read.status === 'rejected' || !read.value.progress) return false;
    const { request, finishedAt } = read.value.progress;
    return request.direction === 'failback' && request.regionId === regionId && finishedAt === undefined;
  });
}
