import fc from 'fast-check';
import {
  addressAt,
  cidrContains,
  cidrsOverlap,
  cidrText,
  isPrivateCidr,
  parseCidr,
  partOf,
  sizeOf,
  type Cidr,
} from '../../../constructs/topology/plan/cidr';

const anyCidr = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
  .map(([address, prefix]): Cidr => ({ base: address - (address % 2 ** (32 - prefix)), prefix }));

function range(text: string): Cidr {
  const cidr = parseCidr(text);
  if (!cidr) throw new Error(`${text} is no range`);
  return cidr;
}

describe('reading a range', () => {
  test.each([
    ['10.192.0.0/16', 0x0ac00000, 16],
    ['0.0.0.0/0', 0, 0],
    ['255.255.255.255/32', 0xffffffff, 32],
    ['192.168.1.128/25', 0xc0a80180, 25],
  ])('reads %s', (text, base, prefix) => {
    expect(parseCidr(text)).toEqual({ base, prefix });
  });

  test.each([
    ['without a prefix', '10.0.0.0'],
    ['with an octet above 255', '10.0.256.0/24'],
    ['with a prefix above 32', '10.0.0.0/33'],
    ['with three octets', '10.0.0/16'],
    ['with a leading zero, which some programs take for octal', '010.0.0.0/8'],
    ['with a leading zero in the prefix', '10.0.0.0/08'],
    ['with an address inside of the range', '10.192.0.1/16'],
    ['with a space', ' 10.0.0.0/8'],
    ['with a line break at the end', '10.0.0.0/8\n'],
    ['of IPv6', 'fd00::/8'],
    ['that is empty', ''],
    ['that is a number', 10],
    ['that is a list', ['10.0.0.0/8']],
    ['that is nothing', undefined],
  ])('fails for text %s', (_what, value) => {
    expect(parseCidr(value)).toBeUndefined();
  });

  test('reads what it writes', () => {
    fc.assert(fc.property(anyCidr, cidr => expect(parseCidr(cidrText(cidr))).toEqual(cidr)));
  });
});

test.each([
  ['10.0.0.0/16', '10.0.0.0/16', true],
  ['10.0.0.0/8', '10.200.0.0/16', true],
  ['10.200.0.0/16', '10.0.0.0/8', true],
  ['10.0.0.0/16', '10.1.0.0/16', false],
  ['10.0.0.0/17', '10.0.128.0/17', false],
  ['10.0.0.0/24', '10.0.0.255/32', true],
  ['0.0.0.0/0', '255.255.255.255/32', true],
])('%s and %s overlap: %p', (a, b, expected) => {
  expect(cidrsOverlap(range(a), range(b))).toBe(expected);
});

test('two ranges overlap exactly if one contains the other, as their bounds are powers of two', () => {
  fc.assert(fc.property(anyCidr, anyCidr, (a, b) => expect(cidrsOverlap(a, b)).toBe(cidrContains(a, b) || cidrContains(b, a))));
});

test.each([
  ['10.0.0.0/8', true],
  ['172.16.0.0/12', true],
  ['172.31.255.0/24', true],
  ['192.168.0.0/16', true],
  ['100.64.0.0/10', true],
  ['172.32.0.0/16', false],
  ['11.0.0.0/16', false],
  ['192.169.0.0/16', false],
  ['8.0.0.0/6', false],
  ['100.128.0.0/16', false],
])('%s is private: %p', (text, expected) => {
  expect(isPrivateCidr(range(text))).toBe(expected);
});

test('the parts of a range have its size together, and do not overlap', () => {
  const vpc = range('10.192.0.0/16');
  const parts = [0, 1, 2, 3].map(index => partOf(vpc, 18, index));
  expect(parts.map(cidrText)).toEqual(['10.192.0.0/18', '10.192.64.0/18', '10.192.128.0/18', '10.192.192.0/18']);
  expect(parts.reduce((sum, part) => sum + sizeOf(part), 0)).toBe(sizeOf(vpc));
});

test('addresses count over the octets', () => {
  expect(addressAt(range('10.0.0.0/16'), 256)).toBe('10.0.1.0');
  expect(addressAt(range('10.0.0.0/8'), 2 ** 24 - 1)).toBe('10.255.255.255');
});
