import { namesSecret, refersToSecret } from './owned-names';

/** A login within an address. What stands for a password may be a placeholder. */
const LOGIN = /:\/\/[^\s/:@]*:(?!\$[{(])[^\s/@]+@/;

/** A password within a string for a library, such as `sasl.jaas.config` of Kafka. */
const ASSIGNED = /\b(password|passphrase|clientsecret)\s*=\s*["']?(?!\$[{(])[^\s"';]/i;

/**
 * What is said of a secret that is written down.
 *
 * @internal
 */
export const CLEAR_TEXT = 'must not be in clear text, since it speaks of a password, a token or a key';

/**
 * Whether a value is a secret that is written down: by its name, or by what it holds.
 *
 * @internal
 */
export function isClearText(name: string, value: string): boolean {
  return (namesSecret(name) && !refersToSecret(value)) || LOGIN.test(value) || ASSIGNED.test(value);
}
