import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'untagged-'));
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

test('without a tag there is nothing to compare with, and it says so', () => {
  cpSync(join(ROOT, 'scripts'), join(clone, 'scripts'), { recursive: true });
  writeFileSync(join(clone, 'package.json'), '{ "version": "0.1.0" }');
  execFileSync('git', ['init', '--quiet'], { cwd: clone });
  const script = join(clone, 'scripts', 'check-api-compatibility.ts');
  const output = execFileSync(process.execPath, ['--import', 'tsx', script], { cwd: ROOT, encoding: 'utf8' });
  expect(output).toContain('NOT COMPARED: there is no tag v*');
});
