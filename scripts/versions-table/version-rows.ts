import { maintainedVersions } from '../../constructs/topology/plan/maintained-versions';
import { resolveSettings } from '../../constructs/topology/settings/resolve-settings';
import { ADDON_VERSIONS } from '../../constructs/topology/versions/addon-versions';
import { CAMUNDA_VERSIONS } from '../../constructs/topology/versions/camunda-versions';
import type { DatedFact, SupportEnd } from '../../constructs/topology/versions/dated-fact';
import { KUBERNETES_VERSIONS } from '../../constructs/topology/versions/kubernetes-versions';
import { RUNTIME_ENDS } from '../../lib/review/document/runtime-ends';
import { devDependencies } from '../../package.json';
import { ADDON_CHOICE, NEWEST_KNOWN, type NewestKnown } from './newest-known';

/** Something with a version that a deployment may have. */
export interface VersionRow {
  readonly what: string;
  readonly version: string;
  /** Whether a configuration that says nothing about it gets this version. */
  readonly isDefault: boolean;
  /** Absent for what is offered beside the default, and for what somebody else chooses. */
  readonly newest?: NewestKnown;
  /** What it was chosen as, where that is not the newest. */
  readonly chosenAs?: DatedFact;
  /** Absent for what follows something else. */
  readonly end?: SupportEnd;
}

/** The runtimes of the functions in the templates. */
export const DEPLOYED_RUNTIMES = ['nodejs24.x', 'python3.13'] as const;

const DEFAULTS = resolveSettings({ regions: [] });

/** Everything that has a version, with what is known of it. */
export function versionRows(): VersionRow[] {
  return [...camundaRows(), ...kubernetesRows(), ...otherRows(), ...addonRows(), ...runtimeRows()];
}

function camundaRows(): VersionRow[] {
  return Object.values(CAMUNDA_VERSIONS).flatMap(({ minor, images, supportedUntil }) => {
    const isDefault = minor === DEFAULTS.camunda.version;
    return [
      known(`Camunda ${minor}`, { version: images.camunda.tag, isDefault, end: supportedUntil }),
      known(`Connectors ${minor}`, { version: images.connectors.tag, isDefault }),
    ];
  });
}

function kubernetesRows(): VersionRow[] {
  const rows = Object.entries(KUBERNETES_VERSIONS).map(([version, { supportedUntil: end }]) => {
    const isDefault = version === DEFAULTS.kubernetes.version;
    return { what: KUBERNETES, version, isDefault, end, ...(isDefault ? { newest: NEWEST_KNOWN[KUBERNETES] } : {}) };
  });
  const [, minor] = /kubectl-v(\d+)/.exec(Object.keys(devDependencies).join(' ')) ?? [];
  return [...rows, known('kubectl', { version: `1.${minor}`, isDefault: true })];
}

const KUBERNETES = 'Kubernetes on EKS';

/** What of the defaults has a row in no other way. */
function otherRows(): VersionRow[] {
  return maintainedVersions(DEFAULTS)
    .filter(({ product }) => product !== 'Camunda' && product !== KUBERNETES)
    .map(({ product, version, end }) => known(product, { version, isDefault: true, end }));
}

function addonRows(): VersionRow[] {
  return Object.entries(ADDON_VERSIONS[DEFAULTS.kubernetes.version]).map(([addon, version]) => ({
    what: `add-on ${addon}`,
    version,
    isDefault: true,
    chosenAs: ADDON_CHOICE,
  }));
}

function runtimeRows(): VersionRow[] {
  return DEPLOYED_RUNTIMES.map(version => ({ what: 'functions on AWS Lambda', version, isDefault: true, end: RUNTIME_ENDS[version] }));
}

function known(what: string, row: Omit<VersionRow, 'what' | 'newest'>): VersionRow {
  return { what, newest: NEWEST_KNOWN[what], ...row };
}
