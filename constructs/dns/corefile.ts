/** What a region's CoreDNS has to know of the other region. */
export interface CorefileOptions {
  /** Namespace of Camunda in the other region. Only its names are forwarded. */
  readonly peerNamespace: string;

  /** Addresses of the other region's DNS forwarder. */
  readonly peerAddresses: readonly string[];
}

/** Most queries that may wait for the peer at once. Without a bound one looping query takes all sockets. */
const MAX_CONCURRENT = 1000;

/**
 * The whole Corefile of a cluster: the one that EKS ships, and a zone for the other region's namespace.
 *
 * - `ready` and `health` stay: the add-on's probes use them.
 * - The `kubernetes` plugin keeps its time to live of 5 s, so that the other region sees a moved pod within seconds.
 * - The peer's names are asked over TCP, the only protocol of the forwarder.
 * - While the peer is silent, answers of the last hour are served; when it speaks, its answers win.
 * - When all forwarder addresses are down, queries fail at once instead of waiting for each.
 *
 * @see CoreDNS manual, plugins forward and cache
 *
 * @internal
 */
export function corefile({ peerNamespace, peerAddresses }: CorefileOptions): string {
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
${peerNamespace}.svc.cluster.local:53 {
    errors
    prometheus :9153
    cache 30 {
        serve_stale 1h verify
    }
    forward . ${peerAddresses.join(' ')} {
        force_tcp
        max_concurrent ${MAX_CONCURRENT}
        failfast_all_unhealthy_upstreams
    }
}
`;
}
