import { planOf } from '../../plan-of';
import type { Topology } from '../../topology';
import { FIXED_NAMES } from '../names';
import { scrapeTargets } from './scrape-targets';

/** Value of `atomix_role` and of the gateways' view for a leader. */
const LEADER = 3;

/**
 * How rules name the series of one region. A Prometheus may collect several deployments, so that each selector names the namespace.
 *
 * @internal
 */
export class RegionSeries {
  public readonly namespace: string;

  /** Value of the label `job` of the brokers. */
  public readonly brokerJob: string;

  /** The same of everything else, as a pattern. Undefined if there is nothing else. */
  public readonly otherJobs?: string;

  /** Volumes of the brokers, as a pattern. */
  public readonly brokerClaims: string;

  /** Volumes of Elasticsearch, as a pattern. */
  public readonly searchClaims: string;

  public constructor(topology: Topology, regionId: number) {
    const plan = planOf(topology);
    this.namespace = topology.regions[regionId].namespace;
    const [brokers, ...others] = scrapeTargets(plan.settings, plan.version).map(({ name }) => `${this.namespace}/${name}`);
    this.brokerJob = brokers;
    this.otherJobs = others.length === 0 ? undefined : others.join('|');
    this.brokerClaims = `${FIXED_NAMES.brokerVolume}-${plan.brokerStatefulSet(regionId)}-[0-9]+`;
    this.searchClaims = `${FIXED_NAMES.elasticsearchVolume}-${FIXED_NAMES.elasticsearch}-es-${FIXED_NAMES.elasticsearchNodeSet}-[0-9]+`;
  }

  /** The series of a metric, with further matchers. */
  public of(metric: string, ...matchers: readonly string[]): string {
    return `${metric}{${[`namespace="${this.namespace}"`, ...matchers].join(', ')}}`;
  }

  /** What is true of pods that lead a partition: to be joined on pod and partition. */
  public leading(): string {
    return `${this.of('atomix_role')} == ${LEADER}`;
  }

  /** Leaders of each partition as the gateways of this region see them, of both regions. */
  public leadersSeen(): string {
    // The brokers tell of themselves alone: a region that leads nothing would look like one without leaders.
    return `max by (partition) (${this.of('zeebe_gateway_topology_partition_roles')} == bool ${LEADER})`;
  }

  /** Whether any broker of this region leads a partition: 3 then, less otherwise. */
  public highestRole(): string {
    return `max(${this.of('atomix_role')})`;
  }
}
