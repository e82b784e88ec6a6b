import { App, type Chart } from 'cdk8s';
import { ConnectorsChart } from '../constructs/camunda/connectors-chart';
import { FoundationChart } from '../constructs/camunda/foundation-chart';
import { NetworkPoliciesChart } from '../constructs/camunda/network-policies-chart';
import { OrchestrationChart } from '../constructs/camunda/orchestration-chart';
import { ElasticsearchChart } from '../constructs/search/elasticsearch-chart';
import { SecretsChart } from '../constructs/secrets/secrets-chart';
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
  const charts: { readonly name: string; readonly chart: Chart }[] = [
    { name: '00-foundation', chart: new FoundationChart(app, 'Foundation', props) },
    { name: '10-network-policies', chart: new NetworkPoliciesChart(app, 'NetworkPolicies', props) },
    { name: '20-secrets', chart: new SecretsChart(app, 'Secrets', props) },
    { name: '30-elasticsearch', chart: new ElasticsearchChart(app, 'Elasticsearch', props) },
    { name: '40-orchestration', chart: new OrchestrationChart(app, 'Orchestration', props) },
  ];
  if (topology._settings.connectors.enabled) {
    charts.push({ name: '50-connectors', chart: new ConnectorsChart(app, 'Connectors', props) });
  }
  const groups = charts.map(({ name, chart }) => ({ name, objects: chart.toJson() as RenderedObject[] }));
  const finished = finishedObjects(
    groups.flatMap(({ objects }) => objects),
    topology,
  );
  return groups.map(({ name, objects }) => ({ name, objects: finished.splice(0, objects.length) }));
}
