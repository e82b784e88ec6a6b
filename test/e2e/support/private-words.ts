import { createPrivateKey } from 'node:crypto';

/** Shorter ones are found everywhere. */
const SHORTEST = 12;

/**
 * How a private value could stand in a log: as it is, in base64, and, of a key, each line of its PEM and its secret number in
 * decimal, hexadecimal and base64. Programs that print a key as a structure print its number.
 */
export function privateWords(value: string): string[] {
  const words = [value, Buffer.from(value).toString('base64')];
  if (value.includes('PRIVATE KEY')) {
    const number = BigInt(`0x${numberOf(value).toString('hex')}`);
    words.push(...value.split('\n').filter(line => !line.startsWith('-----')), number.toString(), number.toString(16));
    words.push(numberOf(value).toString('base64'), numberOf(value).toString('base64url'));
  }
  return words.filter(word => word.length >= SHORTEST);
}

function numberOf(key: string): Buffer {
  const { d } = createPrivateKey(key).export({ format: 'jwk' });
  if (d === undefined) throw new Error('this key has no secret number');
  return Buffer.from(d, 'base64url');
}
