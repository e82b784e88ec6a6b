import { capacityShortage } from '../plan/capacity';
import { ZONE_COUNT } from '../plan/subnets';
import { isClusterSize } from '../settings/camunda';
import type { ResolvedSettings } from '../settings/resolved-settings';
import type { Judged } from './judging/judged';
import { errorOf, ProblemSeverity, type Problem } from './judging/problem';
import { isKnownVersion } from './versions/version-rules';

/** Settings that the capacity depends on. While one of them is wrong, nothing can be said about it. */
const INPUTS =
  /^((nodes|orchestration|gateway|operate|tasklist|connectors|elasticsearch)$|nodes\.(instanceType|perZone|systemReserved)|connectors\.|gateway\.|elasticsearch\.nodesPerRegion|\w+\.resources)/;

/** @internal */
export function capacityProblems(settings: ResolvedSettings, _today: Date, { single }: Judged): Problem[] {
  const isUnsure = single.some(({ severity, setting }) => severity === ProblemSeverity.ERROR && INPUTS.test(setting));
  if (isUnsure || !isClusterSize(settings.camunda.clusterSize) || !isKnownVersion(settings.camunda.version)) return [];
  const shortage = capacityShortage(settings);
  if (shortage === undefined) return [];
  return [
    errorOf({
      rule: 'capacity',
      setting: 'nodes.perZone',
      value: settings.nodes.perZone,
      requirement: `must be enough ${settings.nodes.instanceType} nodes in each of ${ZONE_COUNT} zones for the pods of a region: ${shortage}`,
      fix: "raise 'nodes.perZone', choose a larger 'nodes.instanceType', or lower the resources",
    }),
  ];
}
