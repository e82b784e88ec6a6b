import type { ResolvedSettings } from '../settings/resolved-settings';
import { isTextOf } from '../settings/value-kinds';
import { errorOf, type Problem } from './problem';

/** `@see` AWS Secrets Manager API reference, CreateSecret */
const SECRET_NAME = /^[\w/+=.@-]{1,512}$/;

/** @internal */
export function licenseProblems({ camunda: { licenseSecretName: name } }: ResolvedSettings): Problem[] {
  if (name === undefined || isTextOf(SECRET_NAME, name)) return [];
  return [
    errorOf({
      rule: 'license-secret',
      setting: 'camunda.licenseSecretName',
      value: name,
      requirement: 'must be the name of a secret in AWS Secrets Manager, not its ARN: letters, digits and / _ + = . @ -',
      fix: "make a secret such as 'camunda-licence-key' in both AWS regions, and name it here",
    }),
  ];
}
