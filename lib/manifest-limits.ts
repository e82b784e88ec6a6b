import { ConfigurationError } from '../constructs/topology/rules/judging/configuration-error';
import { errorOf } from '../constructs/topology/rules/judging/problem';

/**
 * A manifest travels to the deployment function inside an event of at most 262,144 bytes, which carries a little more.
 *
 * @see AWS Lambda quotas: asynchronous invocation payload
 *
 * @internal
 */
export const MANIFEST_LIMIT = 262_144 - 4_096;
/** @see AWS CloudFormation quotas: template body size in an S3 object */
const TEMPLATE_LIMIT = 1_000_000;

/**
 * Stops a synthesis whose manifests could not be deployed. Only very large clusters lead there.
 *
 * @internal
 */
export function assertManifestsFit(
  manifests: readonly { readonly name: string; readonly objects: readonly unknown[] }[],
  clusterSize: number,
): void {
  const texts = manifests.map(({ name, objects }) => ({ name, text: JSON.stringify(objects) }));
  const tooLarge = texts
    .filter(({ text }) => Buffer.byteLength(text) > MANIFEST_LIMIT)
    .map(({ name, text }) => `manifest '${name}' at most ${MANIFEST_LIMIT} bytes, and it has ${Buffer.byteLength(text)}`);
  // In the template each manifest is a string inside JSON.
  const template = texts.reduce((sum, { text }) => sum + Buffer.byteLength(JSON.stringify(text)), 0);
  if (template > TEMPLATE_LIMIT) tooLarge.push(`the template at most ${TEMPLATE_LIMIT} bytes, and it has ${template}`);
  if (tooLarge.length === 0) return;
  throw new ConfigurationError(
    tooLarge.map(limit =>
      errorOf({
        rule: 'manifest-size',
        setting: 'camunda.clusterSize',
        value: clusterSize,
        requirement: `must leave ${limit}`,
        fix: 'choose fewer brokers',
      }),
    ),
  );
}
