import { parseCidr } from '../topology/plan/cidr';
import { ConfigurationError } from '../topology/rules/judging/configuration-error';
import { errorOf, type Problem } from '../topology/rules/judging/problem';
import { DNS_LABEL, isTextOf } from '../topology/settings/rows/value-kinds';

/** Properties of a Corefile that is chained to that of another cluster. */
export interface ChainedCorefileProps {
  /** Namespaces of the other cluster. Their names, and no others, are asked there. */
  readonly peerNamespaces: string[];

  /** IPv4 addresses of the other region's DNS forwarder, 1 to 15. */
  readonly peerAddresses: string[];
}

/** Most queries that may wait for the peer at once. Without a bound one looping query takes all sockets. */
const MAX_CONCURRENT = 1000;
/** `@see` CoreDNS manual, plugin forward */
const MAX_UPSTREAMS = 15;

/**
 * The whole Corefile of a cluster's CoreDNS, for the configuration of the add-on.
 *
 * @example
 * Corefile.chained({ peerNamespaces: ['cockroachdb-paris'], peerAddresses: ['10.202.240.10'] }).text
 */
export class Corefile {
  /**
   * The Corefile that EKS ships, and a zone for namespaces of the other cluster.
   *
   * - `ready` and `health` stay: the add-on's probes use them.
   * - The `kubernetes` plugin keeps its time to live of 5 s, so that the other region sees a moved pod within seconds.
   * - The peer's names are asked over TCP, the only protocol of the forwarder.
   * - While the peer is silent, answers of the last hour are served; when it speaks, its answers win.
   * - When all forwarder addresses are down, queries fail at once instead of waiting for each.
   *
   * Throws one error that lists every namespace and address that cannot be used.
   *
   * @see CoreDNS manual, plugins forward and cache
   */
  public static chained(props: ChainedCorefileProps): Corefile {
    const { peerNamespaces, peerAddresses } = props;
    const problems = [...namespaceProblems(peerNamespaces), ...addressProblems(peerAddresses)];
    if (problems.length > 0) throw new ConfigurationError(problems);
    return new Corefile(chainedText(peerNamespaces, peerAddresses));
  }

  private constructor(
    /** What CoreDNS reads. */
    public readonly text: string,
  ) {}
}

function chainedText(namespaces: readonly string[], addresses: readonly string[]): string {
  return `.:53 {
    errors
    health {
        lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
    }
    prometheus :9153
    forward . /etc/resolv.conf {
        max_concurrent ${MAX_CONCURRENT}
    }
    cache 30
    loop
    reload
    loadbalance
}
${namespaces.map(namespace => `${namespace}.svc.cluster.local:53`).join(' ')} {
    errors
    prometheus :9153
    cache 30 {
        serve_stale 1h verify
    }
    forward . ${addresses.join(' ')} {
        force_tcp
        max_concurrent ${MAX_CONCURRENT}
        failfast_all_unhealthy_upstreams
    }
}
`;
}

function namespaceProblems(namespaces: readonly string[]): Problem[] {
  const problem = (setting: string, value: unknown, requirement: string, fix: string): Problem =>
    errorOf({ rule: 'corefile-namespace', setting, value, requirement, fix });
  const invalidEntries = namespaces.flatMap((namespace, i) =>
    isTextOf(DNS_LABEL, namespace)
      ? []
      : [problem(`peerNamespaces[${i}]`, namespace, 'must be a DNS label', "name the namespace alone, without '.svc.cluster.local'")],
  );
  if (namespaces.length > 0 && new Set(namespaces).size === namespaces.length) return invalidEntries;
  return [
    ...invalidEntries,
    problem('peerNamespaces', namespaces, 'must list at least one namespace, each once', 'name what is looked up in the other cluster'),
  ];
}

function addressProblems(addresses: readonly string[]): Problem[] {
  const problem = (setting: string, value: unknown, requirement: string): Problem =>
    errorOf({
      rule: 'corefile-address',
      setting,
      value,
      requirement,
      fix: "take 'forwarderAddresses' of the other region's network, which are known before anything is deployed",
    });
  const invalidEntries = addresses.flatMap((address, i) =>
    typeof address === 'string' && parseCidr(`${address}/32`) ? [] : [problem(`peerAddresses[${i}]`, address, 'must be an IPv4 address')],
  );
  if (addresses.length > 0 && addresses.length <= MAX_UPSTREAMS) return invalidEntries;
  return [...invalidEntries, problem('peerAddresses', addresses, `must list 1 to ${MAX_UPSTREAMS} addresses`)];
}
