import { X509Certificate } from 'node:crypto';
import { authorityHandler, type AuthorityAnswer, type AuthorityEvent } from '../../../constructs/certificates/authority/authority-handler';

const ARN = 'arn:aws:secretsmanager:eu-west-2:111111111111:secret:orders/certificate-authority';
const NOW = new Date('2030-01-01T00:00:00Z');

interface Run {
  readonly answer: AuthorityAnswer;
  /** What was done with which secret. */
  readonly calls: string[];
  readonly written: string[];
}

/** Runs the function with a secret of the given value. */
async function run(RequestType: AuthorityEvent['RequestType'], value: string | undefined = '{"none":"x"}'): Promise<Run> {
  const calls: string[] = [];
  const written: string[] = [];
  const secrets = {
    read: (id: string) => {
      calls.push(`read ${id}`);
      return Promise.resolve(value);
    },
    write: (id: string, text: string) => {
      calls.push(`write ${id}`);
      written.push(text);
      return Promise.resolve();
    },
  };
  const handler = authorityHandler(secrets, () => NOW);
  const answer = await handler({ RequestType, ResourceProperties: { SecretId: ARN, CommonName: 'orders authority', Years: '20' } });
  return { answer, calls, written };
}

test.each(['Create', 'Update'] as const)('makes an authority where there is none, on %s', async type => {
  const { answer, calls, written } = await run(type);
  expect(calls).toEqual([`read ${ARN}`, `write ${ARN}`]);
  expect(answer).toEqual({ PhysicalResourceId: ARN });
  const value = JSON.parse(written[0]) as Record<string, string>;
  expect(Object.keys(value)).toEqual(['certificate', 'key']);
  const { subject, validFrom, validTo } = new X509Certificate(value.certificate);
  expect([subject, validFrom, validTo]).toEqual(['CN=orders authority', 'Jan  1 00:00:00 2030 GMT', 'Jan  1 00:00:00 2050 GMT']);
});

test.each(['Create', 'Update'] as const)('never replaces what is there, on %s', async type => {
  const { answer, calls } = await run(type, JSON.stringify({ certificate: 'there', key: 'there' }));
  expect(calls).toEqual([`read ${ARN}`]);
  expect(answer).toEqual({ PhysicalResourceId: ARN });
});

test('leaves the secret to its own resource when it is deleted', async () => {
  expect(await run('Delete')).toEqual({ answer: {}, calls: [], written: [] });
});

test('takes a value that it cannot read for an error, and writes nothing', async () => {
  await expect(run('Create', 'certificate: there')).rejects.toThrow(SyntaxError);
  await expect(authorityHandler(withoutText, () => NOW)(creation)).rejects.toThrow('the secret has no text');
});

/** A secret whose value is bytes. */
const withoutText = {
  read: () => Promise.resolve(undefined),
  write: () => Promise.reject(new Error('nothing may be written')),
};
const creation: AuthorityEvent = { RequestType: 'Create', ResourceProperties: { SecretId: ARN, CommonName: 'a', Years: '20' } };
