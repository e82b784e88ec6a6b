import { applicationConfig } from '../../constructs/camunda/application/application-config';
import { Topology } from '../../constructs/topology/topology';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import { at, find, objectsOf, type Container, type PodTemplate, type KubernetesObject } from '../support/manifests';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { MIGRATION, ofVersion } from '../support/settings/versions';
import { ScriptBed } from '../support/shell';

const AUTHORITY = '/etc/camunda/tls/ca.crt';
const CHAIN = '/var/camunda/tls-truststore/chain.pem';
const KEY = '/etc/camunda/tls/tls.key';
const TRUSTS = '-Djavax.net.ssl.trustStore=/var/camunda/tls-truststore/cacerts';
const ALL = ['tls.crt', 'tls.key', 'ca.crt'];
const AUTHORITY_ONLY = ['ca.crt'];

function podOf(objects: readonly KubernetesObject[], owner: string): PodTemplate['spec'] {
  const [kind, name] = owner.split('/');
  return at<PodTemplate>(find(objects, kind, name), 'spec', 'template').spec;
}

/** Files of the certificate's Secret that a pod sees. */
function filesOf({ volumes = [] }: PodTemplate['spec']): unknown {
  const volume = volumes.find(({ name }) => name === 'certificates');
  expect(at(volume, 'secret', 'secretName')).toBe('camunda-tls');
  return at<{ key: string }[]>(volume, 'secret', 'items').map(({ key }) => key);
}

const jvmOptions = ({ env = [] }: Container): string => env.find(({ name }) => name === 'JAVA_TOOL_OPTIONS')?.value ?? '';

test.each([
  ['8.9', ofVersion('8.9'), 'StatefulSet/camunda-zeebe', ALL],
  ['8.8', ofVersion('8.8'), 'StatefulSet/camunda-zeebe', ALL],
  ['8.8, migrating', MIGRATION, 'Deployment/camunda-zeebe-migration-importer', ALL],
  ['8.8, migrating', MIGRATION, 'Job/camunda-zeebe-migration-data', ALL],
  ['8.7', ofVersion('8.7'), 'StatefulSet/camunda-zeebe', AUTHORITY_ONLY],
  ['8.7', ofVersion('8.7'), 'Deployment/camunda-zeebe-gateway', ALL],
  ['8.7', ofVersion('8.7'), 'Deployment/camunda-operate', AUTHORITY_ONLY],
  ['8.7', ofVersion('8.7'), 'Deployment/camunda-tasklist', AUTHORITY_ONLY],
])('of %s, %s %s trusts the authority, and has a key only if it serves an encrypted port', (_, settings, owner, files) => {
  const spec = podOf(objectsOf(1, settings), owner);
  expect(filesOf(spec)).toEqual(files);
  for (const container of [...spec.containers, ...(spec.initContainers ?? []).filter(({ name }) => name === 'migration')]) {
    expect(jvmOptions(container).split(' ')).toContain(TRUSTS);
    expect(container.volumeMounts!.map(({ mountPath }) => mountPath)).toEqual(
      expect.arrayContaining(['/etc/camunda/tls', '/var/camunda/tls-truststore']),
    );
  }
  const trustStore = spec.initContainers!.find(({ name }) => name === 'trust-store')!;
  expect(trustStore.image).toBe(spec.containers[0].image);
  expect(trustStore.command!.join(' ').includes('chain.pem')).toBe(files === ALL);
});

test.each([
  ['8.9', 'CAMUNDA_CLIENT_CACERTIFICATEPATH'],
  ['8.7', 'CAMUNDA_CLIENT_ZEEBE_CACERTIFICATEPATH'],
])(
  'Connectors of %s trust the authority for the gateway, and for what processes call the authorities of their image',
  (version, variable) => {
    const spec = podOf(objectsOf(0, ofVersion(version)), 'Deployment/camunda-connectors');
    expect(filesOf(spec)).toEqual(AUTHORITY_ONLY);
    expect(spec.containers[0].env).toContainEqual({ name: variable, value: AUTHORITY });
    expect(jvmOptions(spec.containers[0])).not.toContain('trustStore');
    expect(spec.initContainers).toBeUndefined();
  },
);

describe('settings', () => {
  const configOf = (version: string, tls = {}) => applicationConfig(Topology.of({ ...DEFAULT_SETTINGS, ...ofVersion(version), tls }));

  test.each(['8.8', '8.9', '8.10'])('of %s encrypt REST and gRPC, and leave the management port to the namespace', version => {
    const config = configOf(version);
    expect(at(config, 'server', 'ssl')).toEqual({ enabled: true, certificate: CHAIN, 'certificate-private-key': KEY });
    expect(at(config, 'camunda', 'api', 'grpc', 'ssl')).toEqual({ enabled: true, certificate: CHAIN, 'certificate-private-key': KEY });
    expect(at(config, 'management', 'server', 'ssl')).toEqual({ enabled: false });
    for (const application of ['operate', 'tasklist']) {
      expect(at(config, 'camunda', application, 'zeebe')).toMatchObject({ secure: true, certificatePath: AUTHORITY });
    }
  });

  test.each(['8.9', '8.10'])('of %s encrypt what brokers send each other', version => {
    const place = ['camunda', 'security', 'transport-layer-security'];
    expect(at(configOf(version), ...place, 'cluster')).toEqual({
      enabled: true,
      'certificate-chain-path': CHAIN,
      'certificate-private-key-path': KEY,
    });
    expect(at(configOf(version, { betweenBrokers: false }), ...place)).toBeUndefined();
  });

  test.each([
    ['8.7', {}, false],
    ['8.8', {}, false],
    ['8.9', {}, true],
    ['8.9', { betweenBrokers: false }, false],
    ['8.9', { enabled: false }, false],
    ['8.10', {}, true],
  ])('of %s with %j let brokers trust a chain without its names: %p', (version, tls, expected) => {
    const [container] = podOf(objectsOf(0, { ...ofVersion(version), tls }), 'StatefulSet/camunda-zeebe').containers;
    expect(jvmOptions(container).split(' ').includes('-Dio.netty.handler.ssl.defaultEndpointVerificationAlgorithm=NONE')).toBe(expected);
  });

  test('of 8.8 encrypt what brokers send each other, by the older names', () => {
    const place = ['zeebe', 'broker', 'network'];
    expect(at(configOf('8.8'), ...place, 'security')).toEqual({ enabled: true, certificateChainPath: CHAIN, privateKeyPath: KEY });
    expect(at(configOf('8.8', { betweenBrokers: false }), ...place, 'security')).toBeUndefined();
  });

  test('of 8.7 encrypt nothing between brokers, because gateways join by an address', () => {
    expect(JSON.stringify(configOf('8.7'))).not.toMatch(/security|ssl/);
    expect(CAMUNDA_VERSIONS['8.7'].tls.betweenBrokers).toBeUndefined();
  });
});

test('the trust store has the authorities of the image and ours, and the chain both certificates', () => {
  const spec = podOf(objectsOf(0), 'StatefulSet/camunda-zeebe');
  const [shell, options, script] = spec.initContainers!.find(({ name }) => name === 'trust-store')!.command!;
  expect([shell, options]).toEqual(['sh', '-euc']);
  const bed = new ScriptBed({});
  try {
    const folder = (name: string): string => bed.path(name);
    const local = script.replaceAll('/etc/camunda/tls', folder('tls')).replaceAll('/var/camunda/tls-truststore', folder('made'));
    const keytool = `#!/bin/sh\nwhile [ $# -gt 0 ]; do case $1 in -file) file=$2;; -keystore) store=$2;; esac; shift; done\ncat "$file" >> "$store"\n`;
    const setUp = [
      `mkdir -p ${folder('tls')} ${folder('made')} ${folder('jdk/lib/security')} ${folder('jdk/bin')}`,
      ...['tls.crt', 'ca.crt'].map(file => `echo ${file} > ${folder('tls')}/${file}`),
      `echo public > ${folder('jdk/lib/security')}/cacerts; chmod 444 ${folder('jdk/lib/security')}/cacerts`,
      `cat > ${folder('jdk/bin')}/keytool <<'END'\n${keytool}END\nchmod +x ${folder('jdk/bin')}/keytool`,
    ];
    const look = `cat ${folder('made')}/cacerts; echo --; cat ${folder('made')}/chain.pem`;
    const run = bed.run([...setUp, local, look].join('\n'), { JAVA_HOME: folder('jdk') });
    expect(run).toMatchObject({ status: 0, stderr: '', stdout: 'public\nca.crt\n--\ntls.crt\nca.crt\n' });
  } finally {
    bed.remove();
  }
});
