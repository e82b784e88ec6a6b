import { type X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { PORTS } from '../../../constructs/topology/plan/flows/flows';
import { FIXED_NAMES } from '../../../constructs/topology/plan/names';
import { askApiServer } from './api-server';
import { awsState } from './aws-state';
import type { List } from './aws-state-kubernetes';
import { awsJson } from './aws-state-lookup';
import { bed } from './bed';
import { kubectl, kubectlJson } from './kubectl';
import { eventually, namespaceOf } from './life';
import { secretOf } from './operators';
import { tunnelEnd } from './tunnel-ends';

/** An object whose controller says how it is. */
interface Conditioned {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
    readonly phase?: string;
    readonly health?: string;
  };
}

/** A Warning event, and when it was last seen. */
export interface Warning {
  readonly about: string;
  readonly reason: string;
  readonly message: string;
  readonly lastSeen: number;
}

interface Event {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly involvedObject: { readonly kind?: string; readonly namespace?: string; readonly name?: string };
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly lastObservedTime?: string };
  readonly metadata: { readonly creationTimestamp: string };
}

const OWN_KINDS = 'secretstores,externalsecrets,issuers,certificates,elasticsearches';

/** What the operators' own objects in a region say that isn't well. */
export async function complaints(regionId: number): Promise<string[]> {
  const { items } = await kubectlJson<List<Conditioned>>(regionId, '--namespace', namespaceOf(regionId), 'get', OWN_KINDS);
  return items.flatMap(object => {
    const wrong = complaint(object);
    return wrong === undefined ? [] : [`${object.kind} ${object.metadata.name}: ${wrong}`];
  });
}

function complaint({ kind, status }: Conditioned): string | undefined {
  if (kind === 'Elasticsearch') {
    const { phase, health } = status ?? {};
    const unmet = status?.conditions?.filter(({ type, status: is }) => type === 'ElasticsearchIsReachable' && is !== 'True') ?? [];
    return phase === 'Ready' && health === 'green' && unmet.length === 0 ? undefined : `phase ${phase}, health ${health}`;
  }
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' ? undefined : (ready?.message ?? 'says nothing');
}

/** All events of a region. */
export async function events(regionId: number): Promise<readonly Event[]> {
  return (await askApiServer<List<Event>>(regionId, '/api/v1/events')).items;
}

export async function warnings(regionId: number): Promise<Warning[]> {
  return (await events(regionId))
    .filter(({ type }) => type === 'Warning')
    .map(({ involvedObject, reason = '', message = '', lastTimestamp, eventTime, series, metadata }) => ({
      about: `${involvedObject.kind} ${involvedObject.namespace}/${involvedObject.name}`,
      reason,
      message,
      lastSeen: Date.parse(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp),
    }));
}

/** Addresses that the load balancer of a region's DNS forwarder sends questions to. */
export async function forwarderTargets(regionId: number): Promise<string[]> {
  const [{ targetGroups }] = (await awsState())[regionId].loadBalancers;
  const query = 'TargetHealthDescriptions[].Target.Id';
  const { targetGroupArn } = targetGroups[0];
  return (
    await awsJson<string[]>(regionId, 'elbv2', 'describe-target-health', '--target-group-arn', targetGroupArn, '--query', query)
  ).sort();
}

/** Addresses of CoreDNS's pods that are ready. */
export async function dnsAddresses(regionId: number): Promise<string[]> {
  const path = `/api/v1/namespaces/${FIXED_NAMES.dnsNamespace}/pods?labelSelector=k8s-app%3Dkube-dns`;
  const { items } = await askApiServer<
    List<{ readonly status: { readonly podIP?: string; readonly conditions?: readonly { type: string; status: string }[] } }>
  >(regionId, path);
  const ready = items.filter(({ status }) => status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'));
  return ready.map(({ status }) => status.podIP!).sort();
}

/** Has a Certificate issued anew, as `cmctl renew` does, and waits until its Secret has it. */
export async function renew(regionId: number, name: string): Promise<void> {
  const inNamespace = ['--namespace', namespaceOf(regionId)];
  const old = (await secretOf(regionId, name))['tls.crt'];
  const { status } = await kubectlJson<{ status: { conditions: readonly { type: string }[] } }>(
    ...([regionId, 'get', 'certificate', name, ...inNamespace] as const),
  );
  const issuing = {
    type: 'Issuing',
    status: 'True',
    reason: 'ManuallyTriggered',
    message: 'asked for by a proof',
    lastTransitionTime: new Date().toISOString(),
  };
  const conditions = [...status.conditions.filter(({ type }) => type !== 'Issuing'), issuing];
  const patch = JSON.stringify({ status: { conditions } });
  await kubectl(regionId, 'patch', 'certificate', name, ...inNamespace, '--subresource=status', '--type=merge', '-p', patch);
  await eventually(`${name} of region ${regionId} is renewed`, async () => (await secretOf(regionId, name))['tls.crt'] !== old);
}

/** The certificate that stands at the end of the tunnels into Elasticsearch's pods. */
export function servedCertificate(regionId: number): Promise<X509Certificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: tunnelEnd(regionId), port: PORTS.elasticsearch, rejectUnauthorized: false }, () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (certificate) resolve(certificate);
      else reject(new Error('no certificate was shown'));
    });
    socket.on('error', reject);
  });
}

/** Sets what an AWS secret says in region 0, which is where it can be written, and has both regions' operators look. */
export async function changeSecret(awsSecret: string, value: object, externalSecret: string): Promise<void> {
  await awsJson(0, 'secretsmanager', 'put-secret-value', '--secret-id', awsSecret, '--secret-string', JSON.stringify(value));
  for (const { regionId, namespace } of bed().regions) {
    const args = ['--namespace', namespace, '--overwrite', `force-sync=${Date.now()}`];
    await kubectl(regionId, 'annotate', 'externalsecret', externalSecret, ...args);
  }
}
