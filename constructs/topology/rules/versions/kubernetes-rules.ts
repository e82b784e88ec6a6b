import { kubernetesOf } from '../../plan/region-kubernetes';
import type { ResolvedSettings } from '../../settings/resolved-settings';
import { isTextOf } from '../../settings/rows/value-kinds';
import { minorsBetween } from '../../versions/kubernetes-versions';
import type { Judged } from '../judging/judged';
import { errorOf, ProblemSeverity, warningOf, type Problem } from '../judging/problem';

const INPUTS = /(^|\.)kubernetes($|\.)/;
/** A version of Kubernetes and the day of the release. `@see` Amazon EKS user guide, Amazon Linux AMI versions */
const AL2023_RELEASE = /^\d+\.\d+\.\d+-\d{8}$/;
/** A version of Bottlerocket and its commit, for every version of Kubernetes. `@see` Amazon EKS user guide, Bottlerocket AMIs */
const BOTTLEROCKET_RELEASE = /^\d+\.\d+\.\d+-[0-9a-f]{8}$/;

/**
 * Versions of Kubernetes, of nodes and of add-ons, which have to fit each other in each region.
 *
 * @internal
 */
export function kubernetesProblems(settings: ResolvedSettings, _today: Date, { single }: Judged): Problem[] {
  const isUnsure = single.some(({ severity, setting }) => severity === ProblemSeverity.ERROR && INPUTS.test(setting));
  if (isUnsure) return [];
  const found = settings.regions.flatMap((_, regionId) => regionProblems(settings, regionId));
  // What both regions have in common is wrong once.
  const once = found.filter(({ setting }, i) => found.findIndex(other => other.setting === setting) === i);
  return [...once, ...differenceProblems(settings)];
}

function regionProblems(settings: ResolvedSettings, regionId: number): Problem[] {
  const own = settings.regions[regionId].kubernetes;
  const { version, nodeRelease, addons } = kubernetesOf(settings, regionId);
  const at = (key: string, isOwn: boolean): string => `${isOwn ? `regions[${regionId}].` : ''}kubernetes.${key}`;
  return [
    ...(nodeRelease === undefined || fits(nodeRelease, version, settings.nodes.amiFamily)
      ? []
      : [
          errorOf({
            rule: 'node-release',
            setting: at('nodeRelease', own?.nodeRelease !== undefined),
            value: nodeRelease,
            requirement: `must be a release of ${settings.nodes.amiFamily} nodes for Kubernetes ${version}, which region ${regionId} runs`,
            fix: `write it like '${version}.4-20260923', for the region alone where versions differ, or leave it out`,
          }),
        ]),
    ...(addons.kubeProxy.startsWith(`v${version}.`)
      ? []
      : [
          errorOf({
            rule: 'addon-kube-proxy',
            setting: at('addons.kubeProxy', own?.addons?.kubeProxy !== undefined),
            value: addons.kubeProxy,
            requirement: `must be a version for Kubernetes ${version}, which region ${regionId} runs`,
            fix: 'leave it out, or write it for the region alone where versions differ',
          }),
        ]),
  ];
}

function fits(nodeRelease: unknown, version: string, amiFamily: string): boolean {
  if (amiFamily === 'Bottlerocket') return isTextOf(BOTTLEROCKET_RELEASE, nodeRelease);
  return isTextOf(AL2023_RELEASE, nodeRelease) && nodeRelease.startsWith(`${version}.`);
}

function differenceProblems(settings: ResolvedSettings): Problem[] {
  if (settings.regions.length !== 2) return [];
  const [first, second] = settings.regions.map((_, regionId) => kubernetesOf(settings, regionId).version);
  const step = minorsBetween(first, second);
  if (step === 0) return [];
  const i = settings.regions[1].kubernetes?.version === undefined ? 0 : 1;
  const other = i === 0 ? second : first;
  const finding = { setting: `regions[${i}].kubernetes.version`, value: i === 0 ? first : second };
  if (Math.abs(step) > 1) {
    const requirement = `must be at most one minor version from that of the other region, which runs ${other}`;
    return [errorOf({ rule: 'kubernetes-versions-apart', ...finding, requirement, fix: 'upgrade one minor version after the other' })];
  }
  return [
    warningOf({
      rule: 'kubernetes-version-differs',
      ...finding,
      requirement: `should be the version of the other region, which runs ${other}, as soon as all brokers are ready`,
      fix: 'finish the upgrade in the next change, as docs/upgrade-kubernetes.md says',
    }),
  ];
}
