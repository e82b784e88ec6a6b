import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { bed, DNS_PORT } from '../support/bed';
import { PROJECT, readBedState, RUN_FOLDER } from '../support/bed-state';

const ENVIRONMENT_FILE = join(RUN_FOLDER, 'env.sh');

/** Writes a file for shells with the bed's environment. */
export function writeEnvironmentFile(): void {
  const environment = readBedState()?.environment ?? {};
  const lines = Object.entries(environment).map(([name, value]) => {
    const [bedPath] = name === 'PATH' ? value.split(`:${process.env.PATH}`) : [];
    return bedPath === undefined ? `export ${name}=${quoted(value)}` : `export PATH=${quoted(bedPath)}:$PATH`;
  });
  writeFileSync(ENVIRONMENT_FILE, ['unset AWS_PROFILE AWS_SESSION_TOKEN AWS_CA_BUNDLE', ...lines, ''].join('\n'));
}

/** How to look around in a bed that is kept. */
export function howToLookAround(): string {
  const { regions, awsEndpoint, configuration, configurationFile } = bed();
  const short = (path: string): string => relative(PROJECT, path);
  return [
    `The bed of configuration '${configuration}' stays up. To look around:`,
    '',
    `  . ${short(ENVIRONMENT_FILE)}`,
    ...regions.map(({ regionId, namespace }) => `  kubectl --context region${regionId} --namespace ${namespace} get pods --output wide`),
    `  aws ec2 describe-vpcs --region ${regions[0].awsRegion}`,
    `  npx cdk diff -c config=${short(configurationFile)}`,
    '',
    '  region  AWS region      API server               CoreDNS             kubeconfig',
    ...regions.map(({ regionId, awsRegion, apiServer, dnsAddress, kubeconfig }) =>
      [
        '',
        regionId.toString().padEnd(6),
        awsRegion.padEnd(14),
        apiServer.padEnd(23),
        `${dnsAddress}:${DNS_PORT}`.padEnd(18),
        short(kubeconfig),
      ].join('  '),
    ),
    `  AWS emulator ${awsEndpoint}, logs ${short(RUN_FOLDER)}/*/*.log`,
    '',
    '  npm run e2e -- --only NAME   runs one proof on it',
    '  npm run e2e -- --down        takes it down',
  ].join('\n');
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
