import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../e2e/support/command';
import { appFolder, must, ROOT, say, showsMistakes, synthesises, type Consumer, type Setting } from './proof';

/** An app in Python, from the wheel, in an environment of its own. */
export async function pythonConsumer(setting: Setting): Promise<Consumer> {
  const cwd = appFolder(setting, 'python');
  await must('python3', ['-m', 'venv', 'venv'], { cwd });
  const python = join(cwd, 'venv', 'bin', 'python');
  const folder = join(ROOT, 'dist', 'python');
  const [wheel] = readdirSync(folder).filter(file => file.endsWith('.whl'));
  const notes = await install(python, join(folder, wheel), cwd);
  const run = { program: python, cwd };
  const comparison = { anyAsset: notes.some(note => note.startsWith('aws-cdk-lib')) };
  const seconds = await synthesises('Python', setting, { ...run, args: ['app.py'], comparison });
  cpSync(join(ROOT, 'examples/beside-camunda/app.py'), join(cwd, 'beside.py'));
  await synthesises('Python, beside Camunda', setting, { ...run, args: ['beside.py'], comparison, expected: setting.beside });
  await showsMistakes('Python', setting, { ...run, args: ['mistakes.py'], message: /\nRuntimeError: ([\s\S]*)$/ });
  return { name: 'Python, wheel', seconds, notes };
}

/** Installs as a user does. Where the index has not the versions that we ask for, as near as can be, and says so. */
async function install(python: string, wheel: string, cwd: string): Promise<string[]> {
  const pip = (...args: string[]): ReturnType<typeof command> => command(python, ['-m', 'pip', ...args], { cwd, env: process.env });
  const { code } = await pip('install', '--quiet', wheel);
  if (code === 0) return [];
  const requirements = (await must(python, ['-c', REQUIREMENTS, wheel], { cwd })).trim().split('\n');
  const notes: string[] = [];
  const wanted: string[] = [];
  for (const requirement of requirements) {
    const answer = await pip('install', '--quiet', '--dry-run', '--no-deps', requirement);
    if (answer.code === 0) {
      wanted.push(requirement);
      continue;
    }
    const name = requirement.split(/[<>=!~ ;[(]/)[0];
    wanted.push(name);
    notes.push(`${name}: pip install '${requirement}' answers '${answer.stderr.trim().split('\n').pop() ?? ''}'`);
  }
  // Something else is wrong than what the index has: show it.
  if (notes.length === 0) await must(python, ['-m', 'pip', 'install', wheel], { cwd });
  await must(python, ['-m', 'pip', 'install', '--quiet', ...wanted], { cwd });
  await must(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', wheel], { cwd });
  const lines = (await must(python, ['-m', 'pip', 'list', '--format', 'freeze'], { cwd })).split('\n');
  const told = notes.map(note => `${note}; proven with ${lines.find(line => line.startsWith(`${note.split(':')[0]}==`)) ?? 'nothing'}`);
  told.forEach(note => say(`!!!!!! Python: not what a user gets: ${note}`));
  return told;
}

const REQUIREMENTS = `
import sys, zipfile, email
wheel = zipfile.ZipFile(sys.argv[1])
metadata = next(name for name in wheel.namelist() if name.endswith('.dist-info/METADATA'))
print('\\n'.join(email.message_from_bytes(wheel.read(metadata)).get_all('Requires-Dist')))
`;
