import { App, type Chart } from 'cdk8s';
import { ConnectorsChart } from '../constructs/camunda/connectors-chart';
import { FoundationChart } from '../constructs/camunda/foundation-chart';
import { GatewayChart } from '../constructs/camunda/gateway-chart';
import { MigrationChart } from '../constructs/camunda/migration-chart';
import { NetworkPoliciesChart } from '../constructs/camunda/network-policies-chart';
import { OrchestrationChart } from '../constructs/camunda/orchestration-chart';
import { RecoveryAccessChart } from '../constructs/camunda/recovery-access-chart';
import { RecoveryChart } from '../constructs/camunda/recovery-chart';
import type { RegionChartProps } from '../constructs/camunda/region-chart-props';
import { WebApplicationChart } from '../constructs/camunda/web-application-chart';
import { CertificatesChart } from '../constructs/certificates/certificates-chart';
import { MonitoringChart } from '../constructs/monitoring/monitoring-chart';
import { ElasticsearchChart } from '../constructs/search/elasticsearch-chart';
import { CertificateAuthorityChart } from '../constructs/secrets/certificate-authority-chart';
import { LicenseChart } from '../constructs/secrets/license-chart';
import { SecretsChart } from '../constructs/secrets/secrets-chart';
import { Party } from '../constructs/topology/plan/flows/flows';
import { kubernetesNames } from '../constructs/topology/plan/names';
import { RegionPhase } from '../constructs/topology/plan/recovery/region-phase';
import { planOf } from '../constructs/topology/plan-of';
import type { Topology } from '../constructs/topology/topology';
import { finishedObjects } from '../constructs/workloads/finished-objects';
import type { RenderedObject } from '../constructs/workloads/workload';

/**
 * Kubernetes objects that are applied together.
 *
 * @internal
 */
export interface ManifestGroup {
  /** Groups are applied in the order of their names. */
  readonly name: string;

  readonly objects: Record<string, unknown>[];
}

/**
 * Everything that runs in one region's cluster besides the controllers, as plain objects. What the stacks deploy and what
 * the command line writes are these very objects.
 *
 * @internal
 */
export function regionManifests(topology: Topology, regionId: number): ManifestGroup[] {
  const app = new App();
  const props = { topology, regionId };
  const charts: NamedChart[] = [
    { name: '00-foundation', chart: new FoundationChart(app, 'Foundation', props) },
    { name: '10-network-policies', chart: new NetworkPoliciesChart(app, 'NetworkPolicies', props) },
    { name: '15-recovery-access', chart: new RecoveryAccessChart(app, 'RecoveryAccess', props) },
    { name: '20-secrets', chart: new SecretsChart(app, 'Secrets', props) },
    ...license(app, props),
    ...certificates(app, props),
    { name: '30-elasticsearch', chart: new ElasticsearchChart(app, 'Elasticsearch', props) },
    { name: '40-orchestration', chart: new OrchestrationChart(app, 'Orchestration', props) },
    ...componentCharts(app, props),
  ];
  const { migration, settings } = planOf(topology);
  if (migration) charts.push({ name: '48-migration', chart: new MigrationChart(app, 'Migration', { ...props, migration }) });
  if (settings.connectors.enabled) {
    charts.push({ name: '50-connectors', chart: new ConnectorsChart(app, 'Connectors', props) });
  }
  charts.push({ name: '90-recovery', chart: new RecoveryChart(app, 'Recovery', props) });
  // Last, because its kinds are of an operator that others install: without it, everything else is there all the same.
  if (settings.monitoring.enabled) charts.push({ name: '95-monitoring', chart: new MonitoringChart(app, 'Monitoring', props) });
  const groups = charts.map(({ name, chart }) => ({ name, objects: chart.toJson() as RenderedObject[] }));
  const finished = finishedObjects(
    groups.flatMap(({ objects }) => objects),
    topology,
  );
  return groups.map(({ name, objects }) => ({ name, objects: finished.splice(0, objects.length) }));
}

/** Before what uses them, so that no pod waits for its certificate. */
function certificates(app: App, props: RegionChartProps): NamedChart[] {
  if (!planOf(props.topology).settings.tls.enabled) return [];
  return [
    { name: '24-certificate-authority', chart: new CertificateAuthorityChart(app, 'CertificateAuthority', props) },
    { name: '25-certificates', chart: new CertificatesChart(app, 'Certificates', props) },
  ];
}

function license(app: App, props: RegionChartProps): NamedChart[] {
  const { licenseSecretName } = planOf(props.topology).settings.camunda;
  if (licenseSecretName === undefined) return [];
  return [{ name: '22-license', chart: new LicenseChart(app, 'License', { ...props, licenseSecretName }) }];
}

interface NamedChart {
  readonly name: string;
  readonly chart: Chart;
}

/** Each in a group of its own, so that an upgrade to a version without it, or a phase without it, deletes it. */
function componentCharts(app: App, props: RegionChartProps): NamedChart[] {
  const { topology, regionId } = props;
  const plan = planOf(topology);
  const { components } = plan.version;
  if (!components) return [];
  const names = kubernetesNames(topology.name);
  const { operate, tasklist } = plan.settings;
  const gateway = { name: '42-gateway', chart: new GatewayChart(app, 'Gateway', { ...props, runtime: components.gateway }) };
  if (plan.phaseOf(regionId) === RegionPhase.RECREATED) return [gateway];
  return [
    gateway,
    {
      name: '44-operate',
      chart: new WebApplicationChart(app, 'Operate', {
        ...props,
        party: Party.OPERATE,
        objectName: names.operate,
        configMap: names.operateConfiguration,
        runtime: components.operate,
        resources: operate.resources,
      }),
    },
    {
      name: '46-tasklist',
      chart: new WebApplicationChart(app, 'Tasklist', {
        ...props,
        party: Party.TASKLIST,
        objectName: names.tasklist,
        configMap: names.tasklistConfiguration,
        runtime: components.tasklist,
        resources: tasklist.resources,
      }),
    },
  ];
}
