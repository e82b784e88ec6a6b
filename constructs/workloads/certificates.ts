import { FIXED_NAMES } from '../topology/plan/names';
import { TLS_FILES } from '../topology/plan/tls';
import { planOf } from '../topology/plan-of';
import type { Topology } from '../topology/topology';
import { Architecture } from '../topology/versions/camunda-version';
import { addJvmOptions } from './jvm-options';
import type { Container, PodTemplate, Workload } from './workload';

const CERTIFICATES = { name: 'certificates', mountPath: TLS_FILES.certificates };
/** What is made before the pod starts. */
export const TRUST_STORE = { name: 'tls-truststore', mountPath: TLS_FILES.made };
const KEY_FILES = ['tls.crt', 'tls.key'];
const AUTHORITY_FILE = 'ca.crt';

/**
 * The image's own authorities and ours, in the form that a JVM reads. The official chart does the same with the same tools of
 * the image. The password is the one that every JDK has for this file: it keeps nothing secret.
 *
 * @see Camunda 8 docs, Helm chart: configure TLS
 */
const TRUST_SCRIPT = `home="\${JAVA_HOME:-$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\\.home = //p')}"
cp "$home/lib/security/cacerts" ${TLS_FILES.trustStore}
chmod u+w ${TLS_FILES.trustStore}
"$home/bin/keytool" -importcert -noprompt -alias camunda -file ${TLS_FILES.authority} -keystore ${TLS_FILES.trustStore} -storepass changeit
`;
const CHAIN_SCRIPT = `cat ${TLS_FILES.certificate} ${TLS_FILES.authority} > ${TLS_FILES.chain}
`;

/**
 * Gives pods of Camunda the certificate of the private authority, and those that serve encrypted ports one of their own.
 *
 * Connectors are told where the authority is, and keep the trust store of their image for whatever processes call.
 *
 * @internal
 */
export function giveCertificates(workload: Workload, topology: Topology): void {
  const { section, template } = workload;
  if (!planOf(topology).settings.tls.enabled || section === 'elasticsearch') return;
  const serves = servesEncrypted(section, topology);
  const keys = serves ? [...KEY_FILES, AUTHORITY_FILE] : [AUTHORITY_FILE];
  template.spec.volumes = [
    ...(template.spec.volumes ?? []),
    // Readable for the pod's group, which is that of its user.
    {
      name: CERTIFICATES.name,
      secret: { secretName: FIXED_NAMES.camundaCertificate, defaultMode: 0o440, items: keys.map(key => ({ key, path: key })) },
    },
  ];
  if (template.spec.containers.some(asksElasticsearch)) trust(template, serves);
  else mount(template.spec.containers, CERTIFICATES);
}

/** Whether the pods serve ports of the gateway, or run the configuration of pods that do. */
function servesEncrypted(section: string | undefined, topology: Topology): boolean {
  const {
    version: { architecture },
  } = planOf(topology);
  if (section === 'gateway') return true;
  return architecture === Architecture.ORCHESTRATION && section !== 'connectors';
}

function trust(template: PodTemplate, serves: boolean): void {
  const { spec } = template;
  spec.volumes = [...(spec.volumes ?? []), { name: TRUST_STORE.name, emptyDir: {} }];
  const [{ image, imagePullPolicy, securityContext }] = structuredClone(spec.containers);
  const asking = [...spec.containers, ...(spec.initContainers ?? [])].filter(asksElasticsearch);
  mount(asking, CERTIFICATES, TRUST_STORE);
  for (const container of asking) addJvmOptions(container, `-Djavax.net.ssl.trustStore=${TLS_FILES.trustStore}`);
  const before = spec.initContainers ?? [];
  spec.initContainers = [
    ...before.filter(container => !asksElasticsearch(container)),
    {
      name: 'trust-store',
      image,
      imagePullPolicy,
      command: ['sh', '-euc', (serves ? CHAIN_SCRIPT : '') + TRUST_SCRIPT],
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1000m', memory: '128Mi' } },
      securityContext,
      volumeMounts: [CERTIFICATES, TRUST_STORE].map(volume => ({ ...volume })),
    },
    ...before.filter(asksElasticsearch),
  ];
}

function asksElasticsearch({ env = [] }: Container): boolean {
  return env.some(({ valueFrom }) => valueFrom?.secretKeyRef?.name === FIXED_NAMES.elasticsearchUserSecret);
}

function mount(containers: readonly Container[], ...volumes: readonly { readonly name: string; readonly mountPath: string }[]): void {
  for (const container of containers) {
    container.volumeMounts = [...(container.volumeMounts ?? []), ...volumes.map(volume => ({ ...volume }))];
  }
}
