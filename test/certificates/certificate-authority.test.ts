import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AUTHORITY_CODE } from '../../constructs/certificates/authority-code';
import { CertificateAuthority } from '../../constructs/certificates/certificate-authority';
import { emptyStack, resourcesOf } from '../support/app';

const DAY_MS = 24 * 60 * 60 * 1000;
const PROPERTIES = { SecretId: 'arn:secret', CommonName: 'orders certificate authority', Years: '20' };

interface Call {
  readonly name: string;
  readonly input: { readonly SecretId: string; readonly SecretString?: string };
}
interface Run {
  readonly answer: unknown;
  readonly calls: Call[];
}
type Handler = (event: { readonly RequestType: string; readonly ResourceProperties: typeof PROPERTIES }) => Promise<unknown>;

/** Runs the function as Lambda would, with an AWS SDK whose secret has the given value. */
async function invoke(RequestType: string, SecretString = '{"none":"x"}', now = Date.now()): Promise<Run> {
  const calls: Call[] = [];
  const command = (name: string) =>
    class {
      public constructor(public readonly input: Call['input']) {}
      public readonly name = name;
    };
  const sdk = {
    GetSecretValueCommand: command('GetSecretValue'),
    PutSecretValueCommand: command('PutSecretValue'),
    SecretsManagerClient: class {
      public send({ name, input }: Call): Promise<unknown> {
        calls.push({ name, input });
        return Promise.resolve({ SecretString });
      }
    },
  };
  const load = createRequire(__filename);
  const exported: { handler?: Handler } = {};
  const required = (name: string): unknown => (name.startsWith('@aws-sdk/') ? sdk : load(name));
  const run = compileFunction(AUTHORITY_CODE, ['require', 'exports', 'Date']) as (
    require: typeof required,
    exports: typeof exported,
    clock: typeof Date,
  ) => void;
  run(required, exported, clockAt(now));
  return { answer: await exported.handler!({ RequestType, ResourceProperties: PROPERTIES }), calls };
}

/** A clock that stands. */
function clockAt(now: number): typeof Date {
  return class extends Date {
    public constructor(date?: Date) {
      super(date ?? now);
    }
  } as typeof Date;
}

function written({ calls }: Run): { certificate: string; key: string } {
  return JSON.parse(calls.find(({ name }) => name === 'PutSecretValue')!.input.SecretString!) as { certificate: string; key: string };
}

describe('the function', () => {
  test('makes an authority that OpenSSL takes for one, for twenty years, with the key that belongs to it', async () => {
    const { certificate, key } = written(await invoke('Create'));
    const x509 = new X509Certificate(certificate);
    expect(x509.ca).toBe(true);
    expect(x509.verify(x509.publicKey)).toBe(true);
    expect(x509.checkIssued(x509)).toBe(true);
    expect(x509.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(x509.subject).toBe('CN=orders certificate authority');
    expect(x509.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    const [from, to] = [x509.validFrom, x509.validTo].map(date => Date.parse(date));
    expect(Math.abs(Date.now() - from)).toBeLessThan(DAY_MS);
    expect((to - from) / DAY_MS).toBeCloseTo(20 * 365.25, -1);
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  });

  test.each(['2026-11-29', '2029-12-31', '2030-01-01', '2049-12-31', '2051-06-15'])('is valid for twenty years from %s', async day => {
    const from = new Date(`${day}T12:00:00Z`);
    const x509 = new X509Certificate(written(await invoke('Create', undefined, from.getTime())).certificate);
    const to = new Date(from);
    to.setUTCFullYear(from.getUTCFullYear() + 20);
    expect([x509.validFrom, x509.validTo].map(date => Date.parse(date))).toEqual([from.getTime(), to.getTime()]);
    // RFC 5280, 4.1.2.5: UTCTime (two digits of the year) through 2049, GeneralizedTime after it.
    const timeOf = (date: Date): string => {
      const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
      return date.getUTCFullYear() < 2050 ? `\u0017\r${digits.slice(2)}` : `\u0018\u000f${digits}`;
    };
    expect(x509.raw.toString('latin1')).toContain(`${timeOf(from)}${timeOf(to)}`);
  });

  test('makes another key and serial number every time', async () => {
    const [one, two] = [written(await invoke('Create')), written(await invoke('Create'))];
    expect(one.key).not.toBe(two.key);
    expect(new X509Certificate(one.certificate).serialNumber).not.toBe(new X509Certificate(two.certificate).serialNumber);
  });

  test.each(['Create', 'Update'])('never replaces what is there, on %s', async type => {
    const { calls, answer } = await invoke(type, JSON.stringify({ certificate: 'there', key: 'there' }));
    expect(calls.map(({ name }) => name)).toEqual(['GetSecretValue']);
    expect(answer).toEqual({ PhysicalResourceId: PROPERTIES.SecretId });
  });

  test('leaves the secret to its own resource when it is deleted', async () => {
    expect(await invoke('Delete')).toEqual({ answer: {}, calls: [] });
  });

  test('has a length that a template can hold', () => {
    expect(AUTHORITY_CODE.length).toBeLessThanOrEqual(4096);
  });
});

describe('the construct', () => {
  let template: Template;
  beforeEach(() => {
    const stack: Stack = emptyStack();
    new CertificateAuthority(stack, 'Authority', {
      secretName: 'orders/certificate-authority',
      commonName: 'orders certificate authority',
      replicaRegion: 'eu-west-3',
      logRetention: 30,
    });
    template = Template.fromStack(stack);
  });

  test('keeps the authority in a secret with a replica in the other region, under the same name', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      Name: 'orders/certificate-authority',
      ReplicaRegions: [{ Region: 'eu-west-3' }],
    });
  });

  test('has it made once the rights are there', () => {
    const [{ Properties, DependsOn }] = Object.values(resourcesOf(template, 'Custom::CertificateAuthority'));
    expect(Properties).toMatchObject({ CommonName: 'orders certificate authority', Years: 20 });
    expect(DependsOn).toContainEqual(expect.stringMatching(/^AuthorityHandlerRoleDefaultPolicy/));
  });

  test('lets its functions do what they need, on what is theirs', () => {
    const statements = Object.values(resourcesOf(template, 'AWS::IAM::Policy')).flatMap(
      ({ Properties }) => (Properties.PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement,
    );
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
      'lambda:GetFunction',
      'lambda:InvokeFunction',
      ...Array<string>(2).fill('logs:CreateLogStream'),
      ...Array<string>(2).fill('logs:PutLogEvents'),
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
    ]);
    expect(statements.map(({ Resource }) => Resource)).not.toContain('*');
    expect(Object.values(resourcesOf(template, 'AWS::IAM::Role')).flatMap(({ Properties }) => Properties.ManagedPolicyArns ?? [])).toEqual(
      [],
    );
  });

  test('has one log group, with an end, for all its functions', () => {
    const [group, ...more] = Object.entries(resourcesOf(template, 'AWS::Logs::LogGroup'));
    expect(more).toEqual([]);
    expect(group[1].Properties.RetentionInDays).toBe(30);
    const functions = Object.values(resourcesOf(template, 'AWS::Lambda::Function'));
    expect(functions).toHaveLength(2);
    for (const { Properties } of functions) expect(Properties.LoggingConfig).toMatchObject({ LogGroup: { Ref: group[0] } });
  });
});
