/**
 * A range of IPv4 addresses.
 *
 * @internal
 */
export interface Cidr {
  /** First address, as an unsigned number. */
  readonly base: number;
  /** Length of the prefix in bits, 0 to 32. */
  readonly prefix: number;
}

/** A leading zero would make some programs read the number as octal. */
const NUMBER = '(0|[1-9]\\d{0,2})';
const PATTERN = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}\\.${NUMBER}/${NUMBER}$`);

/** Ranges for private networks. `@see` RFC 1918 and, for carrier-grade NAT, RFC 6598. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].flatMap(text => parseCidr(text) ?? []);

/**
 * Reads `a.b.c.d/n`. Undefined if the text is no range, or if the address is not the first one of its range: AWS would
 * silently use another range than the one that was written.
 *
 * @internal
 */
export function parseCidr(text: unknown): Cidr | undefined {
  const match = typeof text === 'string' ? PATTERN.exec(text) : null;
  if (!match) return undefined;
  const [a, b, c, d, prefix] = match.slice(1).map(Number);
  if ([a, b, c, d].some(octet => octet > 255) || prefix > 32) return undefined;
  const base = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  return base % sizeOf({ base, prefix }) === 0 ? { base, prefix } : undefined;
}

/**
 * Number of addresses in a range.
 *
 * @internal
 */
export function sizeOf(cidr: Cidr): number {
  return 2 ** (32 - cidr.prefix);
}

/** @internal */
export function cidrText(cidr: Cidr): string {
  return `${addressAt(cidr, 0)}/${cidr.prefix}`;
}

/**
 * The address at an offset from the start of a range.
 *
 * @internal
 */
export function addressAt(cidr: Cidr, offset: number): string {
  const address = cidr.base + offset;
  return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** @internal */
export function cidrsOverlap(a: Cidr, b: Cidr): boolean {
  return a.base < b.base + sizeOf(b) && b.base < a.base + sizeOf(a);
}

/** @internal */
export function cidrContains(outer: Cidr, inner: Cidr): boolean {
  return inner.base >= outer.base && inner.base + sizeOf(inner) <= outer.base + sizeOf(outer);
}

/** @internal */
export function isPrivateCidr(cidr: Cidr): boolean {
  return PRIVATE.some(range => cidrContains(range, cidr));
}

/**
 * Part number `index` of a range that is cut into equal parts of the given prefix.
 *
 * @internal
 */
export function partOf(cidr: Cidr, prefix: number, index: number): Cidr {
  return { base: cidr.base + index * 2 ** (32 - prefix), prefix };
}
