import {
  DIRECTIONS,
  rulesOf,
  type Peer,
  type Policy,
  type PolicyPort,
  type PolicySpec,
  type Rule,
  type Selector,
} from './network-policy-filter';

/** A policy with one mistake. */
export interface ChangedPolicy {
  readonly what: string;
  readonly policy: Policy;
}

interface Change<T> {
  readonly what: string;
  /** Undefined: left out. */
  readonly value: T | undefined;
}

const SOME_PORT: PolicyPort = { port: 9090, protocol: 'TCP' };
const EVERYBODY: readonly Change<Peer>[] = [
  { what: 'and every address', value: { ipBlock: { cidr: '0.0.0.0/0' } } },
  { what: 'and every pod of the cluster', value: { namespaceSelector: {} } },
  { what: 'and every pod of the namespace', value: { podSelector: {} } },
];

/** Every way in which one place of a policy could be narrower or wider than it is. */
export function changesOf(policy: Policy): ChangedPolicy[] {
  const { spec } = policy;
  const changed = (what: string, change: Partial<PolicySpec>): ChangedPolicy => ({
    what: `${policy.metadata.name}: ${what}`,
    policy: { ...policy, spec: { ...spec, ...change } },
  });
  return [
    ...selectorChanges(spec.podSelector).map(({ what, value }) => changed(`pods ${what}`, { podSelector: value })),
    ...DIRECTIONS.flatMap(direction => {
      const rules = singleRules(rulesOf(policy, direction), direction.peers);
      if (rules.length === 0) return [];
      return [
        changed(`no ${direction.type}`, { policyTypes: spec.policyTypes.filter(type => type !== direction.type) }),
        changed(`${direction.rules} with a rule for all`, { [direction.rules]: [...rules, {}] }),
        ...listChanges(rules, rule => ruleChanges(rule, direction.peers)).map(({ what, value }) =>
          changed(`${direction.rules} ${what}`, { [direction.rules]: value }),
        ),
      ];
    }),
  ];
}

/** The same rules with one peer and one port each, and none twice: what is granted twice would not be missed. */
function singleRules(rules: readonly Rule[], side: 'from' | 'to'): Rule[] {
  const single = rules.flatMap(rule =>
    (rule[side] ?? []).flatMap(peer => (rule.ports ?? []).map(port => ({ [side]: [peer], ports: [port] }))),
  );
  return [...new Map(single.map(rule => [JSON.stringify(rule), rule])).values()];
}

function ruleChanges(rule: Rule, side: 'from' | 'to'): Change<Rule>[] {
  const peers = rule[side] ?? [];
  const ports = rule.ports ?? [];
  return [
    { what: 'for every port', value: { [side]: peers } },
    { what: `${side} anywhere`, value: { ports } },
    { what: 'for one port more', value: { ...rule, ports: [...ports, SOME_PORT] } },
    ...EVERYBODY.filter(({ value }) => JSON.stringify(peers) !== JSON.stringify([value])).map(({ what, value }) => ({
      what,
      value: { ...rule, [side]: [...peers, value!] },
    })),
    ...listChanges(ports, portChanges).map(({ what, value }) => ({ what: `port ${what}`, value: { ...rule, ports: value } })),
    ...listChanges(peers, peerChanges).map(({ what, value }) => ({ what: `${side} ${what}`, value: { ...rule, [side]: value } })),
  ];
}

function portChanges({ port, protocol }: PolicyPort): Change<PolicyPort>[] {
  return [
    { what: 'next to it', value: { port: port + 1, protocol } },
    { what: 'of the other protocol', value: { port, protocol: protocol === 'TCP' ? 'UDP' : 'TCP' } },
  ];
}

function peerChanges({ podSelector, namespaceSelector, ipBlock }: Peer): Change<Peer>[] {
  if (ipBlock) {
    const { cidr, except = [] } = ipBlock;
    return [
      ...prefixChanges(cidr).map(({ what, value }) => ({ what, value: { ipBlock: { cidr: value!, except } } })),
      ...listChanges(except, prefixChanges).map(({ what, value }) => ({
        what: `except ${what}`,
        value: { ipBlock: { cidr, except: value } },
      })),
    ];
  }
  return [
    ...(podSelector ? selectorChanges(podSelector) : []).map(({ what, value }) => ({
      what: `pods ${what}`,
      value: { podSelector: value, ...(namespaceSelector && { namespaceSelector }) },
    })),
    ...(namespaceSelector ? selectorChanges(namespaceSelector) : []).map(({ what, value }) => ({
      what: `namespaces ${what}`,
      value: { namespaceSelector: value, ...(podSelector && { podSelector }) },
    })),
    ...(podSelector ? [{ what: 'in every namespace', value: { podSelector, namespaceSelector: {} } }] : []),
    ...(podSelector && namespaceSelector ? [{ what: 'in the own namespace', value: { podSelector } }] : []),
  ];
}

/** Without each of the labels, and with one more. */
function selectorChanges({ matchLabels = {} }: Selector): Change<Selector>[] {
  return [
    ...Object.keys(matchLabels).map(key => ({
      what: `without ${key}`,
      value: { matchLabels: Object.fromEntries(Object.entries(matchLabels).filter(([other]) => other !== key)) },
    })),
    { what: 'with one label more', value: { matchLabels: { ...matchLabels, other: 'label' } } },
  ];
}

/** Twice as many addresses, and half as many. */
function prefixChanges(cidr: string): Change<string>[] {
  const [network, prefix] = cidr.split('/');
  return [-1, 1]
    .map(more => Number(prefix) + more)
    .filter(changed => changed >= 0)
    .map(changed => ({ what: `of /${changed}`, value: `${network}/${changed}` }));
}

/** Without each of the entries, and with each change of each. */
function listChanges<T>(list: readonly T[], changesOfOne: (entry: T) => Change<T>[]): { readonly what: string; readonly value: T[] }[] {
  return list.flatMap((entry, i) =>
    [{ what: 'left out', value: undefined }, ...changesOfOne(entry)].map(({ what, value }) => ({
      what: `${i} ${what}`,
      value: [...list.slice(0, i), ...(value === undefined ? [] : [value]), ...list.slice(i + 1)],
    })),
  );
}
