import { join } from 'node:path';
import { readConfiguration } from '../../../bin/config/read-configuration';
import { Topology, type RegionTopology } from '../../../constructs/topology/topology';
import { readBedState, RUN_FOLDER, type BedState, type ConfigurationName } from './bed-state';

/** One region of the bed. */
export interface BedRegion {
  readonly regionId: number;
  readonly awsRegion: string;
  readonly namespace: string;
  /** What follows from the configuration for this region. */
  readonly topology: RegionTopology;
  /** An administrator's. */
  readonly kubeconfig: string;
  /** Address of the API server. */
  readonly apiServer: string;
  /** Address of CoreDNS, which listens on port `DNS_PORT`, for UDP and TCP. */
  readonly dnsAddress: string;
  /** Keys, logs and the Corefile that CoreDNS runs, which it reads again when it changes. */
  readonly folder: string;
}

/** The bed that runs. */
export interface Bed {
  readonly configuration: ConfigurationName;
  /** What `cdk deploy` was given. */
  readonly configurationFile: string;
  readonly topology: Topology;
  readonly regions: readonly [BedRegion, BedRegion];
  /** For every program that talks to the bed: emulator, credentials, PATH with the bed's kubectl, BED_ variables. */
  readonly environment: NodeJS.ProcessEnv;
  /** Address of the AWS emulator. */
  readonly awsEndpoint: string;
  /** Logs, data and records. */
  readonly folder: string;
}

/** Port of both CoreDNS and of the stub that stands for the resolver of the VPC. */
export const DNS_PORT = 1053;

let known: Bed | undefined;

/** The bed that runs. Fails if none does. */
export function bed(): Bed {
  const state = readBedState();
  if (!state) throw new Error('no bed runs: start the proofs with `npm run e2e`');
  if (known?.configuration !== state.configuration) known = read(state);
  return known;
}

function read(state: BedState): Bed {
  const { configuration, configurationFile } = state;
  const topology = Topology.of(readConfiguration(configurationFile).settings);
  const region = (regionId: number): BedRegion => {
    const { awsRegion, namespace } = topology.regions[regionId];
    const folder = join(RUN_FOLDER, 'control-plane', `region-${regionId}`);
    const network = `${state.environment.BED_LOOPBACK}.${regionId + 1}`;
    return {
      regionId,
      awsRegion,
      namespace,
      topology: topology.regions[regionId],
      kubeconfig: join(folder, 'admin.kubeconfig'),
      apiServer: `https://${network}.1:6443`,
      dnsAddress: `${network}.10`,
      folder,
    };
  };
  return {
    configuration,
    configurationFile,
    topology,
    regions: [region(0), region(1)],
    environment: bedEnvironment(state.environment),
    awsEndpoint: state.environment.AWS_ENDPOINT_URL,
    folder: RUN_FOLDER,
  };
}

/** The environment of this process, without what could lead to a real account or cluster, and with that of the bed. */
export function bedEnvironment(added: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS_|CDK_|KUBE|HELM_|BED_)/.test(name));
  return { ...Object.fromEntries(inherited), ...added };
}
