import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIXED_NAMES, kubernetesNames } from '../../../constructs/topology/plan/names';
import { TLS_FILES } from '../../../constructs/topology/plan/tls';
import { planOf } from '../../../constructs/topology/plan-of';
import { bed } from '../support/bed';
import { BED_HOME, INSTANCE } from '../support/bed-state';
import { authorityIn, CERTIFICATES, issue, strangeAuthority, type KeyPair } from '../support/certificates';
import { command } from '../support/command';
import { gatewayStandIn, type GatewayRequest } from '../support/gateway-stand-in';
import { kubectlJson } from '../support/kubectl';
import { namespaceOf } from '../support/life';

const [CAMUNDA] = CERTIFICATES;
/** Where the gateway of a region is played. */
const addressOf = (regionId: number): string => `127.${INSTANCE}.${regionId + 1}.97`;

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

interface Secret {
  readonly data: Readonly<Record<string, string>>;
}

const folder = mkdtempSync(join(tmpdir(), 'clients-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The environment of the Connectors that are deployed, with what their Secrets hold. */
async function connectorsEnvironment(regionId: number): Promise<Record<string, string>> {
  const inNamespace = ['--namespace', namespaceOf(regionId)];
  const { connectors } = kubernetesNames(bed().topology.name);
  const { spec } = await kubectlJson<{ spec: { template: { spec: { containers: { env: Variable[] }[] } } } }>(
    regionId,
    ...['get', 'deployment', connectors, ...inNamespace],
  );
  const entries = spec.template.spec.containers[0].env.map(async ({ name, value, valueFrom }) => {
    if (!valueFrom) return [name, value ?? ''];
    const { data } = await kubectlJson<Secret>(regionId, 'get', 'secret', valueFrom.secretKeyRef.name, ...inNamespace);
    return [name, Buffer.from(data[valueFrom.secretKeyRef.key], 'base64').toString()];
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<string, string>;
}

/** How the password of the user of Connectors is sent, which 8.7 does not have. */
function basicAuthorization({ CAMUNDA_CLIENT_AUTH_USERNAME: user, CAMUNDA_CLIENT_AUTH_PASSWORD: password }: Record<string, string>) {
  return user === undefined ? undefined : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

interface Asked {
  readonly said: readonly string[];
  readonly requests: readonly GatewayRequest[];
}

/** What Camunda's client of the version that is deployed says to a gateway with a certificate, in an environment. */
async function ask(regionId: number, pair: KeyPair, environment: Readonly<Record<string, string>>, expected?: string): Promise<Asked> {
  const { topology, environment: common } = bed();
  const jars = join(BED_HOME, 'clients', planOf(topology).settings.camunda.version === '8.7' ? '8.7' : '8.9');
  const { zeebeGateway } = kubernetesNames(topology.name);
  const hosts = join(folder, `hosts-${regionId}`);
  writeFileSync(hosts, `${addressOf(regionId)} ${zeebeGateway}\n`);
  const gateway = await gatewayStandIn(addressOf(regionId), pair, topology.brokers.length, expected);
  try {
    const classPath = [jars, join(jars, 'lib', '*')].join(':');
    const given = [`-Djdk.net.hosts.file=${hosts}`, '-XX:TieredStopAtLevel=1', '-cp', classPath, 'Ask'];
    const { code, stdout, stderr } = await command('java', given, {
      env: { PATH: common.PATH, HOME: folder, ...environment },
      timeoutMs: 90_000,
    });
    if (code !== 0) throw new Error(`java: exit code ${code}\n${stdout}${stderr}`);
    return { said: stdout.trim().split('\n'), requests: [...gateway.requests] };
  } finally {
    await gateway.close();
  }
}

describe.each([0, 1])('clients of region %i', regionId => {
  let environment: Record<string, string>;
  let pair: KeyPair;

  beforeAll(async () => {
    const own = join(folder, `region-${regionId}`);
    const issued = await issue(own, await authorityIn(regionId), regionId, CAMUNDA);
    // Servers of the gateway send the authority too.
    pair = { ...issued, certificate: issued.certificate + (await authorityIn(regionId)).certificate };
    const rendered = await connectorsEnvironment(regionId);
    environment = Object.fromEntries(Object.entries(rendered).map(([name, value]) => [name, value.replace(TLS_FILES.certificates, own)]));
  });

  test("Camunda's client reads every variable of its own that Connectors get, trusts the gateway, and says who it is", async () => {
    const expected = basicAuthorization(environment);
    const { said, requests } = await ask(regionId, pair, environment, expected);
    const brokers = bed().topology.brokers.length;
    expect(said).toEqual([`REST: ${brokers} brokers`, `gRPC: ${brokers} brokers`]);
    expect(requests.map(({ authorization }) => authorization)).toEqual([expected, expected]);
    const { version } = planOf(bed().topology).settings.camunda;
    expect(environment.CAMUNDA_CLIENT_AUTH_USERNAME).toBe(version === '8.7' ? undefined : FIXED_NAMES.connectorsUser);
  });

  test('it refuses a gateway whose certificate another authority has signed', async () => {
    const stranger = join(folder, `stranger-${regionId}`);
    const { said, requests } = await ask(regionId, await issue(stranger, await strangeAuthority(stranger), regionId, CAMUNDA), environment);
    expect(said).toEqual([expect.stringMatching(/^REST: .*certif/), expect.stringMatching(/^gRPC: .*certif/)]);
    expect(requests).toEqual([]);
  });

  test('it does not start with a variable that nobody reads', async () => {
    await expect(ask(regionId, pair, { ...environment, CAMUNDA_CLIENT_OTHER: 'any' })).rejects.toThrow(
      /nobody reads \[CAMUNDA_CLIENT_OTHER\]/,
    );
  });
});
