import type { CloudFormationTemplate, TemplateResource } from '../template';
import { canonical, isData, without, type Data } from './plain-data';

/** Lists in which the order says nothing. */
const SETS = [
  'Action',
  'ManagedPolicyArns',
  'PublicAccessCidrs',
  'SecurityGroupEgress',
  'SecurityGroupIngress',
  'Statement',
  'SubnetIds',
  'Tags',
];
/** Types whose manifests are compared as objects. */
const MANIFEST_TYPE = 'Custom::AWSCDK-EKS-KubernetesResource';
const ASSET = /^[0-9a-f]{64}(\.\w+)?$/;

/** @internal */
export interface ComparableTemplate {
  readonly template: CloudFormationTemplate;
  /** Hashes of files that were taken out: code of functions and layers. */
  readonly assets: readonly string[];
}

/**
 * A template without what makes no difference to the deployment, or is compared elsewhere.
 *
 * @internal
 */
export function comparableTemplate(
  template: CloudFormationTemplate,
  options: { readonly manifestsElsewhere: boolean },
): ComparableTemplate {
  const assets: string[] = [];
  const resources = Object.entries(template.Resources ?? {}).map(([logicalId, resource]): [string, TemplateResource] => {
    const { Type } = resource;
    // Metadata is for tools: paths of constructs, names of assets.
    const rest = without(plain(resource, assets) as Data, 'Metadata');
    const isElsewhere = Type === MANIFEST_TYPE && options.manifestsElsewhere;
    const comparable = isElsewhere ? { ...rest, Properties: without(rest.Properties as Data, 'Manifest') } : rest;
    return [logicalId, comparable as unknown as TemplateResource];
  });
  return { template: { Resources: Object.fromEntries(resources) }, assets: [...new Set(assets)].sort() };
}

function plain(value: unknown, assets: string[]): unknown {
  if (typeof value === 'string' && ASSET.test(value)) {
    assets.push(value);
    return 'asset';
  }
  if (Array.isArray(value)) return value.map(entry => plain(entry, assets));
  if (!isData(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const inner: unknown = plain(member, assets);
      if (!SETS.includes(key) || !Array.isArray(inner)) return [key, inner];
      return [key, [...(inner as unknown[])].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1))];
    }),
  );
}
