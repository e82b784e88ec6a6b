import { isDeepStrictEqual } from 'node:util';
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { ResourceFate, type ResourceDifference, type ResourceField } from '../../lib/review/changes/resource-difference';
import type { CloudFormationTemplate } from '../../lib/review/template';

const FATES: Readonly<Partial<Record<ResourceImpact, ResourceFate>>> = {
  [ResourceImpact.WILL_CREATE]: ResourceFate.CREATED,
  [ResourceImpact.WILL_REPLACE]: ResourceFate.REPLACED,
  [ResourceImpact.MAY_REPLACE]: ResourceFate.PERHAPS_REPLACED,
  [ResourceImpact.WILL_DESTROY]: ResourceFate.DELETED,
  [ResourceImpact.WILL_ORPHAN]: ResourceFate.FORGOTTEN,
};

/** Compares two templates as CloudFormation would, with what AWS publishes about the properties of its resources. */
export function compareTemplates(before: CloudFormationTemplate, after: CloudFormationTemplate): ResourceDifference[] {
  // Most stacks are what they were, and to find that out in every resource takes long.
  if (isDeepStrictEqual(before, after)) return [];
  const differences: ResourceDifference[] = [];
  fullDiff(before, after).resources.forEachDifference((logicalId, difference) => {
    if (!difference.isDifferent) return;
    const fields: ResourceField[] = [];
    if (difference.isUpdate) {
      difference.forEachDifference((kind, name, { oldValue, newValue, ...rest }) => {
        const impact = kind === 'Property' && 'changeImpact' in rest ? rest.changeImpact : undefined;
        fields.push({ name, before: oldValue, after: newValue, replaces: impact === ResourceImpact.WILL_REPLACE });
      });
    }
    differences.push({
      logicalId,
      // A type that changed is a replacement, whatever the properties are.
      type: difference.oldResourceType ?? difference.newResourceType ?? '',
      fate: FATES[difference.changeImpact] ?? ResourceFate.UPDATED,
      fields,
    });
  });
  return differences;
}
