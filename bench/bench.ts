import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

interface Figure {
  readonly milliseconds: number;
  readonly maxRssMiB: number;
}

const RUNS = 3;
const SIZES = [1, 4, 16];

/** Runs a workload in processes of its own, so that nothing is warm, and gives the median. */
function measure(workload: string, size = 1, runs = RUNS, further: readonly string[] = []): Figure {
  return medianOf(
    Array.from({ length: runs }, () => run(workload, size, further)),
    ({ milliseconds }) => milliseconds,
  );
}

function medianOf<T>(all: readonly T[], by: (one: T) => number): T {
  return [...all].sort((a, b) => by(a) - by(b))[Math.floor(all.length / 2)];
}

function run(workload: string, size = 1, further: readonly string[] = []): Figure {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const output = execFileSync(
      process.execPath,
      ['--import', 'tsx', join(__dirname, `${workload}.ts`), outdir, String(size), ...further],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    return JSON.parse(output.trim().split('\n').pop() ?? '') as Figure;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function row(...cells: (string | number)[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

process.stdout.write(`${cpus().length} cores, Node.js ${process.version}, median of ${RUNS} runs, each a new process\n\n`);
row('what', 'deployments', 'time', 'a deployment', 'peak memory');
row('---', '---:', '---:', '---:', '---:');
// One after the other: on a machine that does other things as well, the ratio of each pair says more than times of different minutes.
const pairs = Array.from({ length: RUNS }, () => ({ bare: run('synth-bare'), product: run('synth-product') }));
const [bare, product] = [pairs.map(pair => pair.bare), pairs.map(pair => pair.product)].map(all => medianOf(all, one => one.milliseconds));
const ratio = medianOf(
  pairs.map(pair => pair.product.milliseconds / pair.bare.milliseconds),
  one => one,
);
row('bare CDK app: two VPCs, two EKS clusters', 1, `${Math.round(bare.milliseconds)} ms`, '', `${Math.round(bare.maxRssMiB)} MiB`);
for (const [workload, what] of [
  ['synth-product', 'synthesis, process start to end'],
  ['render', 'manifests of both regions, after start'],
]) {
  for (const size of SIZES) {
    const figure = workload === 'synth-product' && size === 1 ? product : measure(workload, size, size === 16 ? 1 : RUNS);
    const each = Math.round(figure.milliseconds / size);
    row(what, size, `${Math.round(figure.milliseconds)} ms`, `${each} ms`, `${Math.round(figure.maxRssMiB)} MiB`);
  }
}
process.stdout.write(`\nsynthesis of the default deployment, as a ratio to the bare app, median of ${RUNS} pairs: ${ratio.toFixed(2)}\n`);

const review = measure('review');
process.stdout.write('\n');
row('what', 'time', 'peak memory');
row('---', '---:', '---:');
row(
  'review of the default deployment, process start to end',
  `${Math.round(review.milliseconds)} ms`,
  `${Math.round(review.maxRssMiB)} MiB`,
);

process.stdout.write('\n');
row('recovery', 'lost region', 'own time, without what the system makes it wait');
row('---', '---:', '---:');
for (const direction of ['failover', 'failback']) {
  for (const lost of [0, 1]) {
    const { milliseconds } = measure('recover', lost, RUNS, [direction]);
    row(`${direction}, 8 brokers, against the stand-in`, lost, `${Math.round(milliseconds)} ms`);
  }
}

const refusal = measure('refusal');
process.stdout.write(
  `\nrefusal of the description of a cluster of another size, process start to end: ${Math.round(refusal.milliseconds)} ms\n`,
);
