import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SnapshotRepository } from '../../constructs/topology/plan/recovery/recovery-topology';
import { ACCOUNT_PLACEHOLDER } from '../../constructs/topology/plan/storage/snapshot-storage';
import { runbooks } from '../../lib/recovery/documents/runbook-document';
import type { RecoveryRequest } from '../../lib/recovery/record/progress';
import { VERSIONS } from '../support/settings/versions';
import { StandInServer } from './stand-in/server';
import { endOf, peopleDeploy, Scenario } from './support/scenario';

const server = new StandInServer();
let url: string;
beforeAll(async () => (url = await server.start()));
afterAll(() => server.stop());

/** A call as a string that is the same wherever it comes from. What a look sends has no body. */
function callText(line: string, body: unknown): string {
  return body === undefined ? line : `${line} ${JSON.stringify(body)}`;
}

/** Calls of a part of the runbook, addressed as the stand-in is. */
function callsOf(section: string): string[] {
  return section
    .split('\n')
    .filter(line => line.startsWith('curl '))
    .map(line => {
      const [, variable, path] = /"\$(MANAGEMENT|REST|ELASTICSEARCH_\d+|BROKER_\w+)(\/[^"]*)"/.exec(line)!;
      const [, method = 'GET'] = / --request (\w+)/.exec(line) ?? [];
      const [, data] = / --data '([^']*)'$/.exec(line) ?? [];
      // Zones have hyphens where variables have underscores.
      const address = variable.startsWith('BROKER_')
        ? `broker${variable.slice('BROKER_'.length).replace(/_(?=.*_)/g, '-')}`
        : variable.toLowerCase().replace('_', '');
      return callText(`${method} /${address}${path}`, data === undefined ? undefined : JSON.parse(data));
    });
}

/** The part of a runbook for one direction and region. */
function sectionOf(runbook: string, direction: RecoveryRequest['direction'], regionId: number): string {
  const start = `${direction.charAt(0).toUpperCase()}${direction.slice(1)}: region ${regionId} `;
  const found = runbook.split('\n### ').filter(text => text.startsWith(start));
  expect(found).toHaveLength(1);
  return found[0];
}

/** As the runbook has it: the account is for people to fill in. */
function repositoryOf({ topology }: Scenario, surviving: number): SnapshotRepository {
  const { type, settings } = topology.regions[surviving].snapshotRepository!;
  return { type, settings: { ...settings, bucket: settings.bucket.replace(ACCOUNT_PLACEHOLDER, 'ACCOUNT') } };
}

/** Whether the exporter is enabled already, so that a resumed run has nothing to copy; whether both regions and their Elasticsearch are there. The runbook has them once. */
const ASKED_ANYWHERE = [
  'GET /management/actuator/exporters',
  'GET /management/actuator/cluster',
  'GET /rest/v2/topology',
  ...[0, 1].map(regionId => `GET /elasticsearch${regionId}/_cluster/health`),
];
const FOLDER = join(__dirname, '../../docs/runbook');
const PAGES = runbooks(VERSIONS);
const isWrite = (call: string): boolean => !call.startsWith('GET ');

/** A version, and what it is called in a runbook. */
const DEPLOYMENTS = [...VERSIONS.map(version => ({ version, called: version })), { version: '8.10-zones', called: '8.10 with zones' }];

describe.each(DEPLOYMENTS.flatMap(one => [0, 1].map(region => ({ ...one, region }))))(
  'Camunda $called, region $region',
  ({ version, called, region }) => {
    test('the runbook has every call that the program sends, at its step, and the same changes in the same order', async () => {
      const [page, ...others] = PAGES.filter(({ versions }) => versions.includes(called));
      expect(others).toEqual([]);
      const runbook = readFileSync(join(FOLDER, page.fileName), 'utf8');
      expect(runbook).toBe(page.text);
      const scenario = new Scenario(server, url, { version });
      scenario.lose(region);
      const orders: RecoveryRequest[] = [
        { direction: 'failover', regionId: region },
        {
          direction: 'failback',
          regionId: region,
          snapshotName: `failback-region${region}-20260101t120000`,
          repository: repositoryOf(scenario, 1 - region),
        },
        // Region 0 has the leaders already.
        ...(version === '8.10-zones' && region === 1 ? [{ direction: 'switch' as const, regionId: 1 }] : []),
      ];
      for (const request of orders) {
        server.requests.length = 0;
        const people = request.direction === 'failback' ? peopleDeploy(scenario, region) : () => undefined;
        const starts: number[] = [];
        scenario.onEvent = event => {
          if (event.kind === 'step') starts[event.index] = server.requests.length;
          people(event);
        };
        expect(await endOf(scenario.begin(request))).toBeUndefined();
        const sent = server.requests.map(({ line, body }) => callText(line, body));
        const printed = callsOf(sectionOf(runbook, request.direction, region));
        expect(sent.filter(isWrite)).not.toEqual([]);
        expect([...new Set(sent)].filter(call => !printed.includes(call))).toEqual([]);
        const steps = sectionOf(runbook, request.direction, region).split('\n#### ').slice(1).map(callsOf);
        // What is looked at before the first step has a part of its own.
        starts.unshift(0);
        expect(steps).toHaveLength(starts.length);
        const missing = steps.flatMap((calls, i) =>
          sent.slice(starts[i], starts[i + 1]).filter(call => !calls.includes(call) && !ASKED_ANYWHERE.includes(call)),
        );
        expect(missing).toEqual([]);
        // What a failover sends only where exporting is paused, and a failback only where leaders are elsewhere.
        const mayBeLeftOut = (call: string): boolean =>
          request.direction === 'failover' ? call.endsWith('/exporting/resume') : call.endsWith('/rebalance') && !sent.includes(call);
        const expected = printed.filter(call => isWrite(call) && !mayBeLeftOut(call));
        expect(expected).toEqual(sent.filter(isWrite));
      }
    });
  },
);

test('versions with the same steps share a page, and nothing else lies beside it', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(PAGES.map(({ fileName }) => fileName).sort());
  const steps = (text: string): string =>
    text
      .split('\n')
      .filter(line => /^(?:curl|kubectl|####)/.test(line))
      .join('\n');
  PAGES.slice(1).forEach(({ text }, i) => expect(steps(text)).not.toBe(steps(PAGES[i].text)));
  expect(PAGES.map(({ versions }) => versions)).toContainEqual(['8.8', '8.9', '8.10']);
  expect(PAGES.find(({ versions }) => versions.includes('8.9'))?.text).toMatch(/^# Runbook: Camunda 8\.8 or 8\.9 or 8\.10\n/);
});
