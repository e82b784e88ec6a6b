import { Corefile } from '../../constructs/dns/corefile';

/** A line of a Corefile with the lines in its braces. */
interface Directive {
  readonly words: readonly string[];
  readonly block: readonly Directive[];
}

/** Reads the structure of a Corefile: one directive a line, a brace at the end of a line opens, one alone closes. */
function parse(text: string): Directive[] {
  const root: Directive[] = [];
  const open: Directive[][] = [root];
  for (const line of text.split('\n').map(untrimmed => untrimmed.trim())) {
    if (line === '') continue;
    if (line === '}') {
      open.pop();
      if (open.length === 0) throw new Error('a brace closes that none opened');
      continue;
    }
    const block: Directive[] = [];
    open[open.length - 1].push({ words: line.replace(/ \{$/, '').split(' '), block });
    if (line.endsWith(' {')) open.push(block);
  }
  if (open.length > 1) throw new Error('a brace is not closed');
  return root;
}

function named(directives: readonly Directive[], name: string): Directive {
  const found = directives.filter(({ words }) => words[0] === name);
  expect(found).toHaveLength(1);
  return found[0];
}

const lines = (directive: Directive): string[] => directive.block.map(({ words }) => words.join(' '));

const ADDRESSES = ['10.202.240.10', '10.202.240.26', '10.202.240.42'];

function chained(peerNamespaces: string[], peerAddresses = ADDRESSES): string {
  return Corefile.chained({ peerNamespaces, peerAddresses }).text;
}

const TEXT = chained(['camunda-paris']);
const ZONES = parse(TEXT);
const [OWN, PEER] = ZONES;

test('has the zone of everything and the zone of the other region', () => {
  expect(ZONES.map(({ words }) => words)).toEqual([['.:53'], ['camunda-paris.svc.cluster.local:53']]);
});

test('ends each line that opens a block with a brace, and closes each block', () => {
  expect(TEXT.split('{')).toHaveLength(TEXT.split('}').length);
  expect(() => parse(TEXT.replace('}', ''))).toThrow('not closed');
});

test('keeps the endpoints that the probes of the add-on ask', () => {
  expect(named(OWN.block, 'ready').words).toEqual(['ready']);
  expect(lines(named(OWN.block, 'health'))).toEqual(['lameduck 5s']);
});

test('keeps the plugins that EKS configures', () => {
  expect(OWN.block.map(({ words }) => words[0])).toEqual([
    'errors',
    'health',
    'ready',
    'kubernetes',
    'prometheus',
    'forward',
    'cache',
    'loop',
    'reload',
    'loadbalance',
  ]);
});

test('serves its own names for 5 seconds, the default of CoreDNS, so that the other region sees a moved pod', () => {
  expect(lines(named(OWN.block, 'kubernetes'))).toEqual(['pods insecure', 'fallthrough in-addr.arpa ip6.arpa']);
  expect(TEXT).not.toContain('ttl');
});

test('asks only the addresses of the other region, over TCP', () => {
  const forward = named(PEER.block, 'forward');
  expect(forward.words).toEqual(['forward', '.', '10.202.240.10', '10.202.240.26', '10.202.240.42']);
  expect(lines(forward)).toContain('force_tcp');
  expect(lines(forward)).toContain('failfast_all_unhealthy_upstreams');
});

test('bounds the questions that may wait, in each forward block', () => {
  const forwards = ZONES.map(({ block }) => named(block, 'forward'));
  expect(forwards.map(lines)).toEqual([
    expect.arrayContaining([expect.stringMatching(/^max_concurrent [1-9]\d*$/)]),
    expect.arrayContaining([expect.stringMatching(/^max_concurrent [1-9]\d*$/)]),
  ]);
});

test('serves old answers only while the other region is silent', () => {
  expect(lines(named(PEER.block, 'cache'))).toEqual(['serve_stale 1h verify']);
});

test('does not answer for the other region itself', () => {
  expect(PEER.block.some(({ words }) => words[0] === 'kubernetes')).toBe(false);
});

test('differs between the regions in namespace and addresses alone', () => {
  const other = chained(['camunda-london'], ['10.192.240.10', '10.192.240.26', '10.192.240.42']);
  expect(other.replaceAll('london', 'paris').replaceAll('10.192.', '10.202.')).toBe(TEXT);
});

test('asks for the names of several namespaces in one zone block', () => {
  const [, peer, ...more] = parse(chained(['cockroachdb', 'kafka']));
  expect(more).toEqual([]);
  expect(peer.words).toEqual(['cockroachdb.svc.cluster.local:53', 'kafka.svc.cluster.local:53']);
  expect(named(peer.block, 'forward').words).toEqual(['forward', '.', ...ADDRESSES]);
});

test.each<[string, string[], string[], RegExp]>([
  ['no namespace', [], ADDRESSES, /'peerNamespaces' must list at least one namespace, each once, got \[\].*\[corefile-namespace\]/],
  ['the same namespace twice', ['a', 'a'], ADDRESSES, /'peerNamespaces' must list .* got \['a', 'a'\]/],
  ['a name with its domain', ['a.svc.cluster.local'], ADDRESSES, /'peerNamespaces\[0\]' must be a DNS label.*without '.svc.cluster.local'/],
  ['text that would break out of the block', ['a {\n}'], ADDRESSES, /'peerNamespaces\[0\]' must be a DNS label/],
  ['no address', ['a'], [], /'peerAddresses' must list 1 to 15 addresses/],
  ['more addresses than CoreDNS takes', ['a'], Array<string>(16).fill('10.0.0.4'), /'peerAddresses' must list 1 to 15 addresses/],
  [
    'a host name for an address',
    ['a'],
    ['dns.example.com'],
    /'peerAddresses\[0\]' must be an IPv4 address.*forwarderAddresses.*\[corefile-address\]/,
  ],
  ['an address that is known only at deployment', ['a'], ['${Token[TOKEN.1]}'], /must be an IPv4 address, got a value that is known only/],
])('fails for %s', (_what, namespaces, addresses, message) => {
  expect(() => chained(namespaces, addresses)).toThrow(message);
});

test('reports all mistakes together', () => {
  expect(() => chained(['A', 'b'], ['x'])).toThrow('2 mistakes');
});
