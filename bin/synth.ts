import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SUMMARY_FILE } from './summary-file';

// `cdk synth` with the arguments that it was given, and a summary as the last thing on the screen.
const given = process.argv.slice(2);
const { status } = spawnSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), 'synth', '--quiet', ...given], { stdio: 'inherit' });
process.exitCode = status ?? 1;
if (status === 0) {
  const { values } = parseArgs({ args: given, options: { output: { type: 'string', short: 'o' } }, strict: false });
  const outdir = typeof values.output === 'string' ? values.output : 'cdk.out';
  process.stdout.write(`\n${readFileSync(join(outdir, SUMMARY_FILE), 'utf8')}  templates ${outdir}\n`);
}
