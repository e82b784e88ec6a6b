import type { CloudFormationTemplate } from '../template';

/**
 * What CloudFormation does to a resource whose description changed.
 *
 * @internal
 */
export enum ResourceFate {
  CREATED = 'created',
  UPDATED = 'updated',
  /** A new one is made, and the old one deleted. */
  REPLACED = 'replaced',
  /** Updated or replaced, which is decided at deployment. */
  PERHAPS_REPLACED = 'perhaps replaced',
  DELETED = 'deleted',
  /** It stays, but CloudFormation forgets it. */
  FORGOTTEN = 'forgotten',
}

/** @internal */
export interface ResourceDifference {
  readonly logicalId: string;
  readonly type: string;
  readonly fate: ResourceFate;
  /** Properties and attributes that differ. */
  readonly fields: readonly ResourceField[];
}

/** @internal */
export interface ResourceField {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
  /** What this field alone would do. */
  readonly replaces: boolean;
}

/**
 * Compares two templates of a stack. It is handed in, because only a program has the tables of what replaces a resource.
 *
 * @internal
 */
export type TemplateComparison = (before: CloudFormationTemplate, after: CloudFormationTemplate) => ResourceDifference[];
