import { FIXED_NAMES } from '../../../../constructs/topology/plan/names';
import { bed } from '../bed';
import { kubectl } from '../kubectl';
import { elasticsearchReady, restartOperator } from '../operators';

/** Waits until the operators of a region that was deployed anew have made everything, and Elasticsearch can be reached again. */
export async function operatorsDone(regionId: number): Promise<void> {
  // Its tunnels lead to pods that are gone.
  await restartOperator(regionId, 'eck');
  await elasticsearchReady(regionId);
}

/** Takes away what recoveries have left in a region: the record, and who runs them. */
export async function forgetRecoveries(regionId: number): Promise<void> {
  const { namespace } = bed().regions[regionId];
  const { recoveryProgress, recoveryLease } = FIXED_NAMES;
  await kubectl(
    regionId,
    ...['delete', '--namespace', namespace, '--ignore-not-found', `configmap/${recoveryProgress}`, `lease/${recoveryLease}`],
  );
}
