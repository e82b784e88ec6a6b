import { matching } from '../rows/checks';
import type { Check, Words } from '../rows/row';

/**
 * An id of a user, group, role, client or mapping rule.
 *
 * @see Camunda 8 docs, property reference: camunda.security.id-validation-pattern
 *
 * @internal
 */
export const ID: Check = matching(/^[\w@.+-]{1,256}$/, {
  rule: 'user-id',
  requirement: 'must be 1 to 256 letters, digits or _ @ . + -',
  fix: "write the id alone, for example 'order-clerks'",
});

/**
 * Ids of members.
 *
 * @internal
 */
export const IDS: Words = { rule: 'user-id', requirement: 'must be a list of ids', fix: "write it like ['order-clerks']" };

/**
 * Text that Camunda gets as it is: a reference in it would be looked up in the environment of the brokers.
 *
 * @internal
 */
export const PLAIN_TEXT: Check = matching(/^(?!.*\$\{)\S(.{0,254}\S)?$/, {
  rule: 'user-text',
  requirement: "must be 1 to 256 characters on one line, without '${' and without a blank at its ends",
  fix: 'write the text itself',
});
