import { join } from 'node:path';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { planOf } from '../../../constructs/topology/plan-of';
import type { Topology } from '../../../constructs/topology/topology';
import { BED_HOME, INSTANCE, PROJECT, RUN_FOLDER } from '../support/bed-state';
import { ACCOUNT, chartVersions } from './configuration';

/** Ports of one bed; the next bed's are ten higher. */
const FIRST_PORT = 5066 + 10 * INSTANCE;
const SEARCH_PORTS = [9241, 9242].map(port => port + 10 * INSTANCE);
const EMULATOR_PORT = FIRST_PORT;
const TOKENREVIEW_PORT = FIRST_PORT + 1;
const CHARTS_PORT = FIRST_PORT + 2;
const STATE_PORT = FIRST_PORT + 3;

/** Where the bed serves the controllers' charts. */
export const CHART_REPOSITORY = `http://127.0.0.1:${CHARTS_PORT}`;

/** Where the Node objects of both regions are written. */
export const NODES_FOLDER = join(RUN_FOLDER, 'nodes');

/** Minor versions of Kubernetes that the bed can build. */
export const KUBERNETES_VERSIONS = ['1.36', '1.34'];

/** Controllers that run, by the name of their program: the ServiceAccounts of their charts. */
const CONTROLLERS = {
  'load-balancer': `${FIXED_NAMES.targetGroupBinding}/${FIXED_NAMES.targetGroupBinding}`,
  'external-secrets': `${FIXED_NAMES.externalSecretsNamespace}/external-secrets`,
  'cert-manager': `${FIXED_NAMES.certManagerNamespace}/cert-manager`,
  eck: `${FIXED_NAMES.elasticOperatorNamespace}/elastic-operator`,
};

/** What every script needs to know. */
export function scriptEnvironment(): Record<string, string> {
  return {
    BED_BIN: join(BED_HOME, 'bin'),
    BED_RUN: RUN_FOLDER,
    BED_NODE_MODULES: join(PROJECT, 'node_modules'),
    BED_CHARTS: Object.entries(chartVersions())
      .map(pair => pair.join('='))
      .join(' '),
  };
}

/** What describes one bed to the scripts, and what leads the AWS SDKs, the CDK and kubectl into it and nowhere else. */
export function environmentOf(topology: Topology): Record<string, string> {
  const perRegion = (value: (regionId: number) => string): string => topology.regions.map(({ regionId }) => value(regionId)).join(' ');
  const kubernetes = planOf(topology).settings.kubernetes.version;
  const bin = join(BED_HOME, 'bin');
  return {
    ...scriptEnvironment(),
    BED_INSTANCE: String(INSTANCE),
    BED_LOOPBACK: `127.${INSTANCE}`,
    BED_KUBERNETES: kubernetes,
    BED_REGIONS: perRegion(id => topology.regions[id].awsRegion),
    BED_NAMESPACES: perRegion(id => topology.regions[id].namespace),
    BED_SERVICE_CIDRS: perRegion(id => topology.regions[id].serviceCidr),
    BED_NODES: NODES_FOLDER,
    BED_ACCOUNT: ACCOUNT,
    BED_EMULATOR_PORT: String(EMULATOR_PORT),
    BED_TOKENREVIEW_PORT: String(TOKENREVIEW_PORT),
    BED_CHARTS_PORT: String(CHARTS_PORT),
    BED_STATE_PORT: String(STATE_PORT),
    // Name of an abstract socket: a path could be too long for one.
    BED_WARM_AWS: `camunda-bed-${FIRST_PORT}`,
    BED_SEARCH_PORTS: SEARCH_PORTS.join(' '),
    BED_CONTROLLERS: Object.entries(CONTROLLERS)
      .map(pair => pair.join('='))
      .join(' '),
    BED_SEARCH_CERTIFICATE: FIXED_NAMES.elasticsearchCertificate,
    // localhost, not 127.0.0.1: S3 puts the bucket in front of the name.
    AWS_ENDPOINT_URL: `http://localhost:${EMULATOR_PORT}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_REGION: topology.regions[0].awsRegion,
    AWS_DEFAULT_REGION: topology.regions[0].awsRegion,
    NO_PROXY: 'localhost,127.0.0.0/8',
    no_proxy: 'localhost,127.0.0.0/8',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: 'true',
    CDK_HOME: join(RUN_FOLDER, 'cdk-home'),
    JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
    NO_COLOR: '1',
    CI: '1',
    KUBECONFIG: topology.regions
      .map(({ regionId }) => join(RUN_FOLDER, 'control-plane', `region-${regionId}`, 'admin.kubeconfig'))
      .join(':'),
    KUBECACHEDIR: join(RUN_FOLDER, 'kube-cache'),
    // kubectl of the layer, which starts in a third of the time: the one beside the API server brings all of that along.
    PATH: [join(BED_HOME, 'layers/bin'), join(bin, `kube-${kubernetes}`), bin, process.env.PATH].join(':'),
  };
}
