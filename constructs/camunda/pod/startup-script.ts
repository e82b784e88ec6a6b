import type { OrchestrationRuntime } from '../../topology/versions/camunda-version';
import { VARIABLES } from '../application/orchestration-environment';

/**
 * The script that starts a broker. It is the same in both regions: the region's id comes from the environment.
 *
 * @param hasZones whether brokers have a zone, and are numbered within it
 *
 * @see Camunda 8 docs, dual-region: node ids by region; zone-aware clusters: index within the zone
 *
 * @internal
 */
export function startupScript(runtime: OrchestrationRuntime, regions: number, hasZones: boolean): string {
  const nodeId = runtime.nodeIdVariable;
  const ordinal = `\${${VARIABLES.podName}##*-}`;
  const [why, number] = hasZones
    ? ['Brokers are numbered within their zone, as pods are.', ordinal]
    : [
        'Pods are numbered within their region, brokers over all regions: the regions take turns.',
        `${ordinal} * ${regions} + ${VARIABLES.regionId}`,
      ];
  return `#!/usr/bin/env bash
set -euo pipefail

# ${why}
export ${nodeId}="\${${nodeId}:-$((${number}))}"
echo "node id \${${nodeId}}"

if [[ "\${ZEEBE_RESTORE:-}" == true ]]; then
  arguments=()
  if [[ -n "\${ZEEBE_RESTORE_FROM_BACKUP_ID:-}" ]]; then
    arguments+=("--backupId=\${ZEEBE_RESTORE_FROM_BACKUP_ID}")
  fi
  exec ${runtime.restoreCommand} "\${arguments[@]}"
fi
exec ${runtime.startCommand}
`;
}
