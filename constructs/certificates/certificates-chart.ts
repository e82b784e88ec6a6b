import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { FIXED_NAMES, kubernetesNames } from '../topology/plan/names';
import type { Topology } from '../topology/topology';
import type { CertificateSpec, IssuerSpec } from './cert-manager-types';

/** Properties of a `CertificatesChart`. */
export interface CertificatesChartProps {
  /** Both regions. */
  readonly topology: Topology;

  /** The region that the chart is for, 0 or 1. */
  readonly regionId: number;
}

/** What differs between the certificates: their names, and how their reader takes the key. */
interface CertificateFor {
  readonly name: string;
  readonly dnsNames: string[];
  readonly encoding: CertificateSpec['privateKey']['encoding'];
}

const API_VERSION = 'cert-manager.io/v1';
/** Renewed after a year. Camunda reads certificates when it starts, so whatever starts within the two years left takes the new one. */
const DURATION = '26280h';
const RENEW_BEFORE = '17520h';

/**
 * Certificates of one region, issued and renewed in its own cluster, so that it needs nobody else for them. The authority is
 * the same in both regions.
 *
 * @see cert-manager documentation: CA issuer and Certificate
 * @see ECK, pkg/controller/common/certificates/pem.go: encodings of private keys that the operator reads
 */
export class CertificatesChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId }: CertificatesChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespace } = topology.regions[regionId];
    const issuer: IssuerSpec = { ca: { secretName: FIXED_NAMES.certificateAuthoritySecret } };
    new ApiObject(this, 'Issuer', {
      apiVersion: API_VERSION,
      kind: 'Issuer',
      metadata: { name: FIXED_NAMES.certificateIssuer, namespace },
      spec: issuer,
    });
    this.certificate('Camunda', namespace, {
      name: FIXED_NAMES.camundaCertificate,
      dnsNames: camundaNames(topology.name, namespace),
      // Netty reads keys in PKCS#8 only.
      encoding: 'PKCS8',
    });
    this.certificate('Elasticsearch', namespace, {
      name: FIXED_NAMES.elasticsearchCertificate,
      dnsNames: elasticsearchNames(namespace),
      // ECK reads elliptic keys in SEC1 only, and logs a key that it refuses.
      encoding: 'PKCS1',
    });
  }

  private certificate(id: string, namespace: string, { name, dnsNames, encoding }: CertificateFor): void {
    const spec: CertificateSpec = {
      secretName: name,
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: FIXED_NAMES.certificateIssuer },
      dnsNames,
      duration: DURATION,
      renewBefore: RENEW_BEFORE,
      privateKey: { algorithm: 'ECDSA', size: 256, encoding, rotationPolicy: 'Always' },
      usages: ['digital signature', 'server auth'],
    };
    new ApiObject(this, id, { apiVersion: API_VERSION, kind: 'Certificate', metadata: { name, namespace }, spec });
  }
}

/** Every broker by its full name, and what clients call the gateway. */
function camundaNames(release: string, namespace: string): string[] {
  const { zeebe, zeebeGateway } = kubernetesNames(release);
  return [`*.${zeebe}.${namespace}.svc.cluster.local`, ...serviceNames(zeebe, namespace), ...serviceNames(zeebeGateway, namespace)];
}

/** What Camunda of either region calls it, and what its operator does. */
function elasticsearchNames(namespace: string): string[] {
  const { elasticsearchHttp, elasticsearchInternalHttp, elasticsearchNodes } = FIXED_NAMES;
  return [elasticsearchHttp, elasticsearchInternalHttp, elasticsearchNodes].flatMap(service => serviceNames(service, namespace));
}

function serviceNames(service: string, namespace: string): string[] {
  return [service, `${service}.${namespace}`, `${service}.${namespace}.svc`, `${service}.${namespace}.svc.cluster.local`];
}
