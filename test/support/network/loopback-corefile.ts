/** Where the parts of a Corefile live on a machine without pods. */
export interface LoopbackPlaces {
  /** Addresses that the server listens on, in place of the pod's. The first also serves health, readiness and metrics. */
  readonly bind: readonly string[];
  /** DNS port in place of 53. */
  readonly port: number;
  /** Credentials for the API server, in place of the pod's service account. */
  readonly kubeconfig: string;
  /** Resolver in place of the node's. */
  readonly resolver: string;
  /** Address in place of each address of the other region's forwarder. */
  readonly peers: Readonly<Record<string, string>>;
}

/**
 * A deployed Corefile for a CoreDNS that runs beside the clusters: addresses and ports are mapped, and nothing else. What it
 * cannot map it refuses, so that nothing is tested but what was deployed.
 */
export function loopbackCorefile(corefile: string, { bind, port, kubeconfig, resolver, peers }: LoopbackPlaces): string {
  const lines = corefile.split('\n').flatMap(line => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    const words = line.trim().split(' ');
    if (/^\S+:53 \{$/.test(line)) return [line.replace(':53 {', `:${port} {`), `    bind ${bind.join(' ')}`];
    switch (words[0]) {
      case 'health':
        return [`${indent}health ${bind[0]}:8080${words[1] === '{' ? ' {' : ''}`];
      case 'ready':
        return [`${indent}ready ${bind[0]}:8181`];
      case 'prometheus':
        return [`${indent}prometheus ${bind[0]}:9153`];
      case 'kubernetes':
        return [line, `${indent}    kubeconfig ${kubeconfig}`];
      case 'forward':
        return [`${indent}${words.map(word => mapped(word, peers, port, resolver)).join(' ')}`];
      default:
        return [line];
    }
  });
  return lines.join('\n');
}

function mapped(word: string, peers: Readonly<Record<string, string>>, port: number, resolver: string): string {
  if (word === '/etc/resolv.conf') return resolver;
  if (!/^[\d.]+$/.test(word) || word === '.') return word;
  if (!Object.hasOwn(peers, word)) throw new Error(`the Corefile forwards to ${word}, which is no address of the other region's forwarder`);
  return `${peers[word]}:${port}`;
}
