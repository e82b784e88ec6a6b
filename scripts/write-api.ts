import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  withoutDeclarations,
  withoutEmptySamples,
  withoutInherited,
  withoutPackageName,
  withoutRepeated,
  withoutSecondNames,
} from './api-text';
import { heirsIn, invalidParameterNames, type Assembly } from './assembly';

// API.md, from the assembly that `npm run build` has written.
const ROOT = join(__dirname, '..');
const ASSEMBLY = join(ROOT, '.jsii');
const DOCUMENT = join(ROOT, 'API.md');

function main(): void {
  if (!existsSync(ASSEMBLY)) return complain('API.md is made from the built library; run: npm run build');
  const assembly = JSON.parse(readFileSync(ASSEMBLY, 'utf8')) as Assembly;
  for (const parameter of invalidParameterNames(assembly)) {
    complain(`${parameter} has no name that Java and Python could use: take 'props', and destructure it in the body`);
  }
  const text = withoutPackageName(withoutRepeated(documented(), heirsIn(assembly)), assembly.name);
  if (!process.argv.includes('--check')) writeFileSync(DOCUMENT, text);
  else if (!existsSync(DOCUMENT) || readFileSync(DOCUMENT, 'utf8') !== text) complain('API.md is stale; run: npm run build && npm run api');
}

function documented(): string {
  const directory = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    execFileSync('npx', ['--no-install', 'jsii-docgen', '--output', join(directory, 'API.md')], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const whole = readFileSync(join(directory, 'API.md'), 'utf8');
    return withoutSecondNames(withoutEmptySamples(withoutDeclarations(withoutInherited(whole))));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function complain(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

main();
