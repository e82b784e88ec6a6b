import { join } from 'node:path';
import { build } from 'esbuild';

const FOLDER = 'constructs/certificates/authority';
/** The function that makes the certificate authority, as AWS Lambda takes it: from the root of the project, and of what jsii writes. */
export const AUTHORITY_BUNDLE = `${FOLDER}/bundle/index.js`;

/** Bundles it, the same on every machine. AWS Lambda brings the AWS SDK. */
export async function authorityBundle(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: join(__dirname, '..'),
    entryPoints: [`${FOLDER}/lambda.ts`],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['@aws-sdk/*'],
    legalComments: 'eof',
    write: false,
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}
