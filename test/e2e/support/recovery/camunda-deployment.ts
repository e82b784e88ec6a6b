import { join } from 'node:path';
import { bed } from '../bed';
import { cdkWith } from '../cdk';

/** What the bed was deployed with. */
export const deployedFolder = (): string => join(bed().folder, 'cdk.out');

/** Deploys Camunda into one region, and nothing else. */
export async function deployCamunda(app: string, regionId: number): Promise<void> {
  const { code, output } = await cdkWith({ app }, 'deploy', `Camunda/Camunda${regionId}`, '--exclusively', '--require-approval', 'never');
  if (code !== 0) throw new Error(`region ${regionId} was not deployed:\n${output}`);
}

/** Leaves nothing of Camunda in a region, as the loss of the region does. Volumes go with the namespace. */
export async function removeCamunda(app: string, regionId: number): Promise<void> {
  const { code, output } = await cdkWith({ app }, 'destroy', `Camunda/Camunda${regionId}`, '--exclusively', '--force');
  if (code !== 0) throw new Error(`Camunda was not removed from region ${regionId}:\n${output}`);
}
