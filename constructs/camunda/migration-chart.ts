import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Party, PORTS } from '../topology/plan/flows/flows';
import { kubernetesNames, podLabels } from '../topology/plan/names';
import type { MigrationRuntime } from '../topology/versions/camunda-version';
import { brokerFiles } from './application/broker-files';
import { checksumOf } from './pod/checksum';
import { migrationPod } from './pod/migration-pod';
import { readinessProbe } from './pod/readiness-probe';
import type { RegionChartProps } from './region-chart-props';

/** Properties of a `MigrationChart`. */
export interface MigrationChartProps extends RegionChartProps {
  /** What takes over the data of the older version. */
  readonly migration: MigrationRuntime;
}

/**
 * What runs in one region only while data of an older version is taken over: the importer reads what the old exporters wrote,
 * and the Job completes what the new indices lack.
 *
 * @see Camunda 8 docs, upgrade from 8.7 to 8.8
 */
export class MigrationChart extends Chart {
  public constructor(scope: Construct, id: string, { topology, regionId, migration }: MigrationChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespace } = topology.regions[regionId];
    const names = kubernetesNames(topology.name);
    const labelsOf = (party: Party): { [key: string]: string } => ({ ...podLabels(topology.name, party) });
    const { importer, job } = migration;

    new k8s.KubeDeployment(this, 'Importer', {
      metadata: { name: names.migrationImporter, namespace, labels: labelsOf(Party.IMPORTER) },
      spec: {
        replicas: 1,
        selector: { matchLabels: labelsOf(Party.IMPORTER) },
        // Two at the same time would import twice.
        strategy: { type: 'Recreate' },
        template: migrationPod(topology, regionId, {
          party: Party.IMPORTER,
          workload: importer,
          annotations: { 'checksum/config': checksumOf(brokerFiles(topology)) },
          container: {
            name: 'orchestration-migration-importer',
            ports: [{ name: 'server', containerPort: PORTS.management }],
            readinessProbe: readinessProbe(PORTS.management),
          },
        }),
      },
    });
    // Without a checksum: the template of a Job cannot be changed.
    new k8s.KubeJob(this, 'Job', {
      metadata: { name: names.migrationJob, namespace, labels: labelsOf(Party.MIGRATION) },
      spec: {
        template: migrationPod(topology, regionId, {
          party: Party.MIGRATION,
          workload: job,
          command: [job.command],
          restartPolicy: 'OnFailure',
          container: { name: 'camunda-migration-data' },
        }),
      },
    });
  }
}
