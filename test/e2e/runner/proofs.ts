import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../support/bed-state';

/** A file of proofs. */
export interface Proof {
  /** `10-deploy.test.ts` is called deploy. */
  readonly name: string;
  readonly path: string;
}

/** The proof of the deployment itself, which shows why a deployment failed. */
export const DEPLOY = 'deploy';

/** All proofs, in the order in which they run. */
export function allProofs(): Proof[] {
  const folder = join(PROJECT, 'test/e2e/proofs');
  return readdirSync(folder)
    .sort()
    .flatMap(file => {
      const name = /^\d+-([\w-]+)\.test\.ts$/.exec(file)?.[1];
      return name === undefined ? [] : [{ name, path: join(folder, file) }];
    });
}
