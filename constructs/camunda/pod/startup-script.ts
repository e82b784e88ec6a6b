import type { OrchestrationRuntime } from '../../topology/versions/camunda-version';
import { VARIABLES } from '../application/orchestration-environment';

/**
 * The script that starts a broker. It is the same in both regions: the region's id comes from the environment.
 *
 * @see Camunda 8 docs, dual-region: node ids by region
 *
 * @internal
 */
export function startupScript(runtime: OrchestrationRuntime, regions: number): string {
  const nodeId = runtime.nodeIdVariable;
  return `#!/usr/bin/env bash
set -euo pipefail

# Pods are numbered within their region, brokers over all regions: the regions take turns.
export ${nodeId}="\${${nodeId}:-$((\${${VARIABLES.podName}##*-} * ${regions} + ${VARIABLES.regionId}))}"
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
