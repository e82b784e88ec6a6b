import { at, type KubernetesObject } from '../manifests';

/** What somebody asks the API server for. */
export interface Request {
  readonly verb: string;
  readonly group?: string;
  /** With a subresource, as in `pods/exec`. */
  readonly resource: string;
  /** Not given where the server knows none: lists, and objects that are to be made. */
  readonly name?: string;
}

interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly resourceNames?: string[];
  readonly verbs: string[];
}

/**
 * Whether a Role grants a request, as the API server decides it. A rule with names grants nothing that has none.
 *
 * @see Kubernetes documentation, using RBAC authorization
 */
export function grants(role: KubernetesObject, { verb, group = '', resource, name }: Request): boolean {
  return at<Rule[]>(role, 'rules').some(rule => {
    const holds = (list: string[], value: string): boolean => list.includes('*') || list.includes(value);
    const named = rule.resourceNames === undefined || (name !== undefined && rule.resourceNames.includes(name));
    return holds(rule.apiGroups, group) && holds(rule.resources, resource) && holds(rule.verbs, verb) && named;
  });
}
