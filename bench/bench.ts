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
  const figures = Array.from({ length: runs }, () => run(workload, size, further)).sort((a, b) => a.milliseconds - b.milliseconds);
  return figures[Math.floor(runs / 2)];
}

function run(workload: string, size: number, further: readonly string[]): Figure {
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
const bare = measure('synth-bare');
row('bare CDK app: two VPCs, two EKS clusters', 1, `${Math.round(bare.milliseconds)} ms`, '', `${Math.round(bare.maxRssMiB)} MiB`);
let ratio = 0;
for (const [workload, what] of [
  ['synth-product', 'synthesis, process start to end'],
  ['render', 'manifests of both regions, after start'],
]) {
  for (const size of SIZES) {
    const figure = measure(workload, size, size === 16 ? 1 : RUNS);
    if (workload === 'synth-product' && size === 1) ratio = figure.milliseconds / bare.milliseconds;
    const each = Math.round(figure.milliseconds / size);
    row(what, size, `${Math.round(figure.milliseconds)} ms`, `${each} ms`, `${Math.round(figure.maxRssMiB)} MiB`);
  }
}
process.stdout.write(`\nsynthesis of the default deployment, as a ratio to the bare app: ${ratio.toFixed(2)}\n`);

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
