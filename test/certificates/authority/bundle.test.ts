import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import type { AuthorityHandler } from '../../../constructs/certificates/authority/authority-handler';
import { AUTHORITY_BUNDLE, authorityBundle } from '../../../scripts/authority-bundle';

const ARN = 'arn:aws:secretsmanager:eu-west-2:111111111111:secret:orders/certificate-authority';
const bundle = readFileSync(join(__dirname, '../../..', AUTHORITY_BUNDLE), 'utf8');

interface Call {
  readonly name: string;
  readonly input: { readonly SecretId: string; readonly SecretString?: string };
}

/** The SDK that AWS Lambda brings, with a secret that says that there is no authority yet. */
function sdk(calls: Call[]): object {
  const command = (name: string) =>
    class {
      public constructor(public readonly input: Call['input']) {}
      public readonly name = name;
    };
  return {
    GetSecretValueCommand: command('GetSecretValue'),
    PutSecretValueCommand: command('PutSecretValue'),
    SecretsManagerClient: class {
      public send({ name, input }: Call): Promise<unknown> {
        calls.push({ name, input });
        return Promise.resolve({ SecretString: '{"none":"x"}' });
      }
    },
  };
}

test('is what its sources are bundled to', async () => {
  expect((await authorityBundle()) === bundle).toBe(true);
});

test('needs nothing but Node.js and the AWS SDK, and makes the authority', async () => {
  const calls: Call[] = [];
  const load = createRequire(__filename);
  const needed: string[] = [];
  const required = (name: string): unknown => {
    needed.push(name);
    return name.startsWith('@aws-sdk/') ? sdk(calls) : load(name);
  };
  const loaded: { exports: { handler?: AuthorityHandler } } = { exports: {} };
  const run = compileFunction(bundle, ['require', 'module']) as (require: typeof required, module: typeof loaded) => void;
  run(required, loaded);
  expect(needed.filter(name => !/^(node:)?crypto$/.test(name))).toEqual(['@aws-sdk/client-secrets-manager']);

  const properties = { SecretId: ARN, CommonName: 'orders certificate authority', Years: '20' };
  const answer = await loaded.exports.handler!({ RequestType: 'Create', ResourceProperties: properties });
  expect(answer).toEqual({ PhysicalResourceId: ARN });
  expect(calls.map(({ name, input }) => [name, input.SecretId])).toEqual([
    ['GetSecretValue', ARN],
    ['PutSecretValue', ARN],
  ]);
  const { certificate } = JSON.parse(calls[1].input.SecretString!) as { certificate: string };
  const x509 = new X509Certificate(certificate);
  expect(x509.subject).toBe('CN=orders certificate authority');
  // It reads the clock.
  expect(Math.abs(Date.now() - Date.parse(x509.validFrom))).toBeLessThan(60_000);
});
