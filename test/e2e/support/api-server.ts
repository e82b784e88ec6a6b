import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { bed } from './bed';

const TIMEOUT_MS = 10_000;

const agents = new Map<string, Agent>();

/**
 * Asks a region's API server for a path, as an administrator. For what is asked again and again until it is as wanted: a
 * program for each question would keep the processors busy with starting programs.
 */
export function askApiServer<T>(regionId: number, path: string): Promise<T> {
  const { apiServer, folder } = bed().regions[regionId];
  return new Promise((resolve, reject) => {
    const asked = request(`${apiServer}${path}`, { agent: agentOf(folder), timeout: TIMEOUT_MS }, answer => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        if (answer.statusCode === 200) resolve(JSON.parse(text) as T);
        else reject(new Error(`GET ${path} in region ${regionId}: ${answer.statusCode} ${text}`));
      });
    });
    asked.on('timeout', () => asked.destroy(new Error(`GET ${path} in region ${regionId}: no answer within ${TIMEOUT_MS / 1000} s`)));
    asked.on('error', reject);
    asked.end();
  });
}

function agentOf(folder: string): Agent {
  const known = agents.get(folder);
  if (known) return known;
  const file = (name: string): Buffer => readFileSync(join(folder, name));
  const agent = new Agent({ keepAlive: true, ca: file('ca.crt'), cert: file('admin.crt'), key: file('admin.key') });
  agents.set(folder, agent);
  return agent;
}
