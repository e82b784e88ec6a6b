import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the tests of a file, and in it the kubeconfig that programs read by default as long as these tests run. */
export function kubeconfigFolder(): { readonly folder: string; readonly kubeconfig: string } {
  const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  const kubeconfig = join(folder, 'kubeconfig.yaml');
  const before = process.env.KUBECONFIG;
  beforeAll(() => {
    process.env.KUBECONFIG = kubeconfig;
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    if (before === undefined) delete process.env.KUBECONFIG;
    else process.env.KUBECONFIG = before;
  });
  return { folder, kubeconfig };
}
