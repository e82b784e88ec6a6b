import { join } from 'node:path';
import { connect } from 'node:tls';
import { bed } from './bed';
import { BED_HOME, BED_SCRIPTS } from './bed-state';
import { command, type Outcome } from './command';
import { writeFiles } from './search';

const START_MS = 180_000;

/** What a users file holds of a password. */
export async function hashOf(password: string): Promise<string> {
  const folder = join(BED_HOME, 'search');
  const classes = ['classes', 'lib/*', 'modules/x-pack-core/*'].map(path => join(folder, path)).join(':');
  const { code, stdout, stderr } = await command('java', ['-cp', classes, 'Hash', password], { env: bed().environment });
  if (code !== 0) throw new Error(`no hash: exit code ${code}\n${stderr}`);
  return stdout.trim();
}

/** What a node prints that cannot start with its files. It is ended if it can. */
export function startIn(folder: string, files: Readonly<Record<string, string>>): Promise<Outcome> {
  writeFiles(folder, files);
  return command('bash', [join(BED_SCRIPTS, 'search/node.sh'), folder], { env: bed().environment, timeoutMs: START_MS });
}

/** Fingerprint of the certificate with which a server answers. */
export function servedFingerprint(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    // Who has signed it is asked elsewhere.
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()!.fingerprint256);
      socket.end();
    });
    socket.on('error', reject);
  });
}
