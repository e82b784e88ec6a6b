import type { k8s } from 'cdk8s-plus-28';
import { planOf } from '../../topology/plan-of';
import type { Topology } from '../../topology/topology';
import { CONTAINER_SECURITY } from './container-security';
import { resourceRequirements } from './resource-requirements';

const TIMEOUT_VARIABLE = 'DNS_GATE_TIMEOUT_SECONDS';
const RETRY_SECONDS = 2;

/**
 * Waits for the names of all brokers, given as arguments, and gives up in the end: a restart while the other region is lost
 * must not wait for names that will not come back.
 *
 * @internal
 */
export const DNS_GATE_SCRIPT = `#!/usr/bin/env bash
set -euo pipefail

timeout="\${${TIMEOUT_VARIABLE}}"
if ((timeout == 0)); then
  echo "DNS gate: switched off"
  exit 0
fi
if ! command -v getent > /dev/null; then
  echo "DNS gate: WARNING: this image has no getent, starting without looking up any name" >&2
  exit 0
fi

missing=("$@")
while true; do
  unresolved=()
  for name in "\${missing[@]}"; do
    # One lookup can take many seconds while a resolver is silent, so the time is checked before each.
    # The dot at the end keeps the resolver from trying its search domains.
    if ((SECONDS >= timeout)) || ! getent hosts "\${name}." > /dev/null; then
      unresolved+=("\${name}")
    fi
  done
  missing=("\${unresolved[@]}")
  if ((\${#missing[@]} == 0)); then
    echo "DNS gate: all $# brokers have an address after \${SECONDS} s"
    exit 0
  fi
  if ((SECONDS >= timeout)); then
    echo "DNS gate: WARNING: starting anyway after \${SECONDS} s, \${#missing[@]} of $# brokers have no address: \${missing[*]}" >&2
    exit 0
  fi
  sleep ${RETRY_SECONDS}
done
`;

/** What the gate's container takes from its pod. */
export interface DnsGateOptions {
  /** An image with bash and getent: the broker's own, which the node has to load anyway. */
  readonly image: string;

  /** Where the script is mounted. */
  readonly scriptPath: string;

  /** The mount of the script. */
  readonly scriptMount: k8s.VolumeMount;
}

/**
 * Holds a broker back until the names of all brokers of both regions resolve. A broker that starts before may never find
 * the others.
 *
 * @internal
 */
export function dnsGateContainer(topology: Topology, { image, scriptPath, scriptMount }: DnsGateOptions): k8s.Container {
  return {
    name: 'dns-gate',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['bash', scriptPath],
    args: topology.brokers.map(broker => broker.hostName),
    env: [{ name: TIMEOUT_VARIABLE, value: String(planOf(topology).settings.orchestration.dnsGateTimeoutSeconds) }],
    resources: resourceRequirements({ cpuMillis: 50, cpuLimitMillis: 200, memoryMiB: 64 }),
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [scriptMount],
  };
}
