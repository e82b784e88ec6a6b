import { k8s } from 'cdk8s-plus-28';

/**
 * The only probe of Camunda's pods. There is no liveness and no start-up probe: brokers of a recreated region are not ready
 * before they are added to the cluster again, and must not be killed for it.
 *
 * @internal
 */
export function readinessProbe(port: number | string, timeoutSeconds = 1): k8s.Probe {
  const target = typeof port === 'number' ? k8s.IntOrString.fromNumber(port) : k8s.IntOrString.fromString(port);
  return {
    httpGet: { path: '/actuator/health/readiness', port: target, scheme: 'HTTP' },
    initialDelaySeconds: 30,
    periodSeconds: 30,
    failureThreshold: 5,
    successThreshold: 1,
    timeoutSeconds,
  };
}
