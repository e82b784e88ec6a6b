import type { KubernetesObject } from '../../support/manifests';

/** Whether a label selector, as the API server takes it, selects an object. */
export function selects(selector: string | null, { labels = {} }: KubernetesObject['metadata']): boolean {
  const requirements = selector?.match(/[^,(]+(\([^)]*\))?/g) ?? [];
  return requirements.every(requirement => {
    const [, key, values = ''] = /^\s*(\S+) in \(([^)]*)\)$/.exec(requirement) ?? [];
    if (key !== undefined) return values.split(',').some(value => value.trim() === labels[key]);
    const [name, value] = requirement.trim().split('=');
    return value === undefined ? name in labels : labels[name] === value;
  });
}
