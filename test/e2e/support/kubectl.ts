import { bed } from './bed';
import { command, type CommandOptions, type Outcome } from './command';

/** Runs kubectl in a region and returns what it prints. Fails if it does. */
export async function kubectl(regionId: number, ...args: readonly string[]): Promise<string> {
  return outputOf(args, await tryKubectl(regionId, args));
}

/** Runs kubectl in a region with `-o json`, and returns what that says. */
export async function kubectlJson<T>(regionId: number, ...args: readonly string[]): Promise<T> {
  return JSON.parse(await kubectl(regionId, ...args, '-o', 'json')) as T;
}

/** Runs `kubectl apply` in a region on objects, as the service would see them. Fails if one is refused. */
export async function kubectlApply(regionId: number, objects: readonly object[], ...args: readonly string[]): Promise<string> {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const given = ['apply', '-f', '-', ...args];
  return outputOf(given, await tryKubectl(regionId, given, { input }));
}

/** Runs kubectl in a region, and says how it went. */
export function tryKubectl(
  regionId: number,
  args: readonly string[],
  options: Pick<CommandOptions, 'input' | 'timeoutMs'> = {},
): Promise<Outcome> {
  const { regions, environment } = bed();
  return inTurn(() => command('kubectl', ['--kubeconfig', regions[regionId].kubeconfig, ...args], { env: environment, ...options }));
}

/** Each takes 60 MiB, and more than the processors can run are no faster. */
const AT_ONCE = 6;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(run: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>(resolve => waiting.push(resolve));
  running++;
  try {
    return await run();
  } finally {
    running--;
    waiting.shift()?.();
  }
}

function outputOf(args: readonly string[], { code, stdout, stderr }: Outcome): string {
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: exit code ${code}\n${stderr}`);
  return stdout;
}
