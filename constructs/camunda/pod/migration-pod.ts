import type { k8s } from 'cdk8s-plus-28';
import type { Party } from '../../topology/plan/flows/flows';
import { historySettings } from '../../topology/plan/history';
import { FIXED_NAMES, kubernetesNames, podLabels } from '../../topology/plan/names';
import { planOf } from '../../topology/plan-of';
import type { Topology } from '../../topology/topology';
import type { MigrationWorkload } from '../../topology/versions/camunda-version';
import { CONFIG_FILES, CONFIG_MODE, CONFIG_VOLUME, configMount, SCRIPTS_FOLDER } from '../application/broker-files';
import { below, type PlainSettings } from '../application/config-tree';
import { address } from '../application/database-settings';
import { memberEnvironment, memberSettings } from '../application/member-settings';
import { elasticsearchPassword, orchestrationEnvironment } from '../application/orchestration-environment';
import { CONTAINER_SECURITY, POD_SECURITY } from './container-security';
import { resourceRequirements } from './resource-requirements';

/** What is the importer's or the Job's own. */
export interface MigrationPodOptions {
  readonly party: Party;
  readonly workload: MigrationWorkload;
  /** What it runs instead of the start-up script. */
  readonly command?: readonly string[];
  readonly restartPolicy?: string;
  readonly annotations?: { readonly [key: string]: string };
  readonly container: Pick<k8s.Container, 'name' | 'ports' | 'readinessProbe'>;
}

/**
 * A pod with the image and the configuration of the brokers, which does something else because of its variables.
 *
 * @internal
 */
export function migrationPod(topology: Topology, regionId: number, options: MigrationPodOptions): k8s.PodTemplateSpec {
  const plan = planOf(topology);
  const { orchestration } = plan.settings;
  const { images: known, orchestration: runtime } = plan.version;
  const names = kubernetesNames(topology.name);
  const startup = configMount(CONFIG_FILES.startup, `${SCRIPTS_FOLDER}/${CONFIG_FILES.startup}`);
  const folders = { data: runtime.dataFolder, exporters: '/exporters', tmp: '/tmp' };
  return {
    metadata: { labels: { ...podLabels(topology.name, options.party) }, annotations: options.annotations && { ...options.annotations } },
    spec: {
      serviceAccountName: names.zeebe,
      automountServiceAccountToken: false,
      // The variables that Kubernetes adds for Services begin with the release's name, and would be read as settings.
      enableServiceLinks: false,
      securityContext: POD_SECURITY,
      restartPolicy: options.restartPolicy,
      containers: [
        {
          ...options.container,
          image: plan.camundaImage(known.camunda, regionId),
          imagePullPolicy: 'IfNotPresent',
          command: options.command ? [...options.command] : ['bash', startup.mountPath],
          env: migrationEnvironment(topology, regionId, options.workload),
          resources: resourceRequirements(orchestration.resources),
          securityContext: CONTAINER_SECURITY,
          volumeMounts: [
            configMount(CONFIG_FILES.application, runtime.configurationFile),
            ...(options.command ? [] : [startup]),
            ...Object.entries(folders).map(([name, mountPath]) => ({ name, mountPath })),
          ],
        },
      ],
      volumes: [
        { name: CONFIG_VOLUME, configMap: { name: `${names.zeebeConfiguration}${runtime.configMapSuffix}`, defaultMode: CONFIG_MODE } },
        ...Object.keys(folders).map(name => ({ name, emptyDir: {} })),
      ],
    },
  };
}

function migrationEnvironment(topology: Topology, regionId: number, { profiles, variables, history }: MigrationWorkload): k8s.EnvVar[] {
  const applications = ['camunda.operate', 'camunda.tasklist'].map(application => `${application}.zeebeElasticsearch`);
  const settings: PlainSettings = {
    'spring.profiles.active': profiles.join(','),
    ...memberSettings(topology),
    ...Object.fromEntries(
      applications.flatMap(parent => Object.entries(below(parent, { ...address(topology), prefix: FIXED_NAMES.zeebeRecords }))),
    ),
  };
  return [
    ...orchestrationEnvironment(topology, regionId),
    // Below the ids of all brokers, and different in the two regions.
    { name: planOf(topology).version.orchestration.nodeIdVariable, value: String(-1 - regionId) },
    ...memberEnvironment(),
    ...Object.entries(settings).map(([path, value]) => ({ name: variableOf(path), value: String(value) })),
    ...applications.map(parent => elasticsearchPassword(variableOf(`${parent}.password`))),
    ...Object.entries(variables).map(([name, value]) => ({ name, value })),
    ...Object.entries(historySettings(history, planOf(topology).settings)).map(([name, value]) => ({ name, value: String(value) })),
  ];
}

/** The variable that sets a setting, by the rules of Spring. */
function variableOf(path: string): string {
  return path.replaceAll('-', '').replaceAll('.', '_').toUpperCase();
}
