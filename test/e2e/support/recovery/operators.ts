import { Party } from '../../../../constructs/topology/flows';
import { FIXED_NAMES, podLabels } from '../../../../constructs/topology/names';
import { bed } from '../bed';
import { authorityIn } from '../certificates';
import { kubectl, kubectlApply } from '../kubectl';

/** What the operators would generate, or fetch from AWS. */
export const PASSWORDS = { elasticsearch: 'stand-in-elastic', camunda: 'stand-in-admin' } as const;

const SEARCH_POD = 'elasticsearch-es-masters-0';

/**
 * Makes in a region what its operators would have made: a pod of Elasticsearch, and Secrets with passwords and the authority.
 * The operators don't run in the bed.
 */
export async function playOperators(regionId: number): Promise<void> {
  const { namespace } = bed().regions[regionId];
  const { topology } = bed();
  const { certificate } = await authorityIn(regionId);
  const secret = (name: string, data: Readonly<Record<string, string>>): object => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    stringData: data,
  });
  await kubectlApply(regionId, [
    secret(FIXED_NAMES.elasticsearchAdminSecret, { [FIXED_NAMES.elasticsearchAdminUser]: PASSWORDS.elasticsearch }),
    secret(FIXED_NAMES.camundaUsersSecret, { [FIXED_NAMES.adminPasswordKey]: PASSWORDS.camunda }),
    secret(FIXED_NAMES.camundaCertificate, { 'ca.crt': certificate }),
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: SEARCH_POD, namespace, labels: podLabels(topology.name, Party.ELASTICSEARCH) },
      spec: {
        containers: [
          {
            name: 'elasticsearch',
            image: 'elasticsearch',
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      },
    },
  ]);
  await kubectl(regionId, 'wait', `pod/${SEARCH_POD}`, '--namespace', namespace, '--for=condition=Ready', '--timeout=60s');
}

/** Takes away what `playOperators` has made. */
export async function takeOperatorsAway(regionId: number): Promise<void> {
  const { namespace } = bed().regions[regionId];
  const { elasticsearchAdminSecret, camundaUsersSecret, camundaCertificate } = FIXED_NAMES;
  const secrets = [elasticsearchAdminSecret, camundaUsersSecret, camundaCertificate].map(name => `secret/${name}`);
  await kubectl(regionId, 'delete', '--namespace', namespace, '--ignore-not-found', `pod/${SEARCH_POD}`, ...secrets);
}

/** Takes away what recoveries have left in a region: the record, and who runs them. */
export async function forgetRecoveries(regionId: number): Promise<void> {
  const { namespace } = bed().regions[regionId];
  const { recoveryProgress, recoveryLease } = FIXED_NAMES;
  await kubectl(
    regionId,
    ...['delete', '--namespace', namespace, '--ignore-not-found', `configmap/${recoveryProgress}`, `lease/${recoveryLease}`],
  );
}
