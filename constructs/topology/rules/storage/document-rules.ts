import type { ResolvedSettings } from '../../settings/resolved-settings';
import { areInS3 } from '../../settings/storage/documents';
import { CAMUNDA_VERSIONS } from '../../versions/camunda-versions';
import { errorOf, type Problem } from '../judging/problem';
import { isKnownVersion } from '../versions/version-rules';

const FIX = 'leave it out, or upgrade to 8.8';

/**
 * Whether documents can be kept where the settings say.
 *
 * @internal
 */
export function documentProblems({ camunda, documents }: ResolvedSettings): Problem[] {
  if (!areInS3(documents) || !isKnownVersion(camunda.version)) return [];
  if (CAMUNDA_VERSIONS[camunda.version].documents.s3 !== undefined) return [];
  const requirement =
    `must be 'memory' with Camunda ${camunda.version}: ` +
    'gateways and Tasklist take documents there, in pods of their own that get no role for a bucket';
  return [errorOf({ rule: 'document-version', setting: 'documents.store', value: documents.store, requirement, fix: FIX })];
}

/**
 * What nobody else may tell brokers that keep documents in buckets of this deployment.
 *
 * @internal
 */
export function documentNames({ camunda, documents }: ResolvedSettings): readonly string[] {
  if (!areInS3(documents) || !isKnownVersion(camunda.version)) return [];
  return CAMUNDA_VERSIONS[camunda.version].documents.s3?.owned ?? [];
}
