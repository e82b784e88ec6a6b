import { DeploymentPlan } from './deployment-plan';
import { contactPoints } from './plan/contact-points';
import { extraFlows, flowsToAws } from './plan/flows/extra-flows';
import {
  ELASTICSEARCH_TO_AWS,
  endText,
  firstOfEach,
  ORCHESTRATION_TO_POD_IDENTITY,
  ORCHESTRATION_TO_PROVIDER,
  ORCHESTRATION_TO_S3,
  Party,
  PORTS,
  type Flow,
} from './plan/flows/flows';
import { trafficFlows } from './plan/flows/traffic-flows';
import { collectorFlows } from './plan/monitoring/scrape-targets';
import { FIXED_NAMES } from './plan/names';
import { networkPlan } from './plan/network-plan';
import { peerPorts, type PeerPort } from './plan/peer-ports';
import type { Broker } from './plan/placement/brokers';
import type { Partition } from './plan/placement/partitions';
import { plannedBrokers, plannedPartitions } from './plan/placement/planned-placement';
import type { SubnetPlan } from './plan/subnets';
import { ConfigurationError } from './rules/judging/configuration-error';
import { ProblemSeverity, type Problem } from './rules/judging/problem';
import { problemsOf } from './rules/rules';
import type { ExistingVpcSettings } from './settings/region/existing-vpc';
import type { KeySettings } from './settings/region/keys';
import { resolveSettings } from './settings/resolve-settings';
import type { DualRegionSettings } from './settings/settings';
import { areInS3 } from './settings/storage/documents';
import { roundTripBetween, type RoundTrip } from './versions/round-trip';

/** An exporter. Every broker of both regions runs both. */
export interface Exporter {
  /** Id in the Zeebe cluster. */
  readonly exporterId: string;

  /** The region that it writes to. */
  readonly regionId: number;

  /** Address of that region's Elasticsearch, reachable from both regions. */
  readonly url: string;
}

/** One region, with everything that follows from its settings. */
export interface RegionTopology {
  /** 0 or 1. */
  readonly regionId: number;

  /** The AWS region. */
  readonly awsRegion: string;

  /**
   * AWS account.
   *
   * @default - the account of the credentials that deploy
   */
  readonly account?: string;

  /**
   * Availability zones by name.
   *
   * @default - the first three zones of the AWS region
   */
  readonly availabilityZones?: string[];

  /**
   * Patch of Camunda that only this region is told to run.
   *
   * @default - the tag in `images`, or the patch that this version of the library was made for
   */
  readonly camundaPatch?: string;

  /**
   * Keys of yours in AWS KMS.
   *
   * @default - keys that AWS manages
   */
  readonly keys?: KeySettings;

  /** Kubernetes namespace of Camunda. */
  readonly namespace: string;

  /** Range of the VPC. */
  readonly vpcCidr: string;

  /**
   * The VPC, if it exists already.
   *
   * @default - a VPC is made
   */
  readonly existingVpc?: ExistingVpcSettings;

  /** Range of the Kubernetes Services. */
  readonly serviceCidr: string;

  /** Subnets of the VPC that are used. Public ones of a VPC that exists are those of `loadBalancerSubnets`. */
  readonly subnets: SubnetPlan[];

  /** Fixed addresses of the DNS forwarder, one per zone. The other region's CoreDNS asks them. */
  readonly forwarderAddresses: string[];

  /** Brokers of this region. */
  readonly brokers: Broker[];
}

/** The pure description of both regions, and of all that follows from their settings. */
export class Topology {
  /**
   * Checks the settings. Throws one error that lists every mistake.
   *
   * @param settings what the deployment looks like
   * @param today the day for which the warnings hold. A date never makes an error.
   */
  public static of(settings: DualRegionSettings, today: Date = new Date()): Topology {
    const problems = problemsOf(settings, today);
    const errors = problems.filter(problem => problem.severity === ProblemSeverity.ERROR);
    if (errors.length > 0) throw new ConfigurationError(errors);
    return new Topology(new DeploymentPlan(settings, resolveSettings(settings)), problems);
  }

  /** Camunda's release name. */
  public readonly name: string;

  /** The region that user traffic goes to. */
  public readonly activeRegion: number;

  /** Region 0 and region 1. */
  public readonly regions: RegionTopology[];

  /** All brokers: the regions take turns. By node id, unless the cluster has zones. */
  public readonly brokers: Broker[];

  /** Partitions with their replicas. */
  public readonly partitions: Partition[];

  /** Addresses through which a broker joins the cluster. The same list in both regions. */
  public readonly contactPoints: string[];

  /** Exporters of every broker. */
  public readonly exporters: Exporter[];

  /** Traffic that is allowed. */
  public readonly flows: Flow[];

  /** Ports that the nodes of each region open to the other region. */
  public readonly peerPorts: PeerPort[];

  /** Distance between the regions. */
  public readonly roundTrip: RoundTrip;

  /** Findings that do not stop the synthesis. */
  public readonly warnings: Problem[];

  /** @internal */
  public readonly _plan: DeploymentPlan;

  private constructor(plan: DeploymentPlan, warnings: Problem[]) {
    const { settings, version } = plan;
    const { name } = settings;
    const namespaces = settings.regions.map(region => region.namespace);
    this._plan = plan;
    this.name = name;
    this.activeRegion = settings.activeRegion;
    this.warnings = warnings;
    this.brokers = plannedBrokers(settings);
    this.partitions = plannedPartitions(settings);
    this.flows = firstOfEach(
      [
        ...version.flows.filter(
          ({ source, target }) => settings.connectors.enabled || (source !== Party.CONNECTORS && target !== Party.CONNECTORS),
        ),
        ...(plan.migration?.flows ?? []),
        ...(settings.backup.enabled ? flowsToAws(ELASTICSEARCH_TO_AWS, settings.regions) : []),
        ...(areInS3(settings.documents) ? [...flowsToAws(ORCHESTRATION_TO_S3, settings.regions), ORCHESTRATION_TO_POD_IDENTITY] : []),
        ...(settings.users.oidc ? [ORCHESTRATION_TO_PROVIDER] : []),
        ...(settings.traffic ? trafficFlows(version.gatewayService, version.components !== undefined) : []),
        ...collectorFlows(settings, version),
        ...extraFlows(settings.extraFlows),
      ],
      one => `${endText(one, 'source')} ${endText(one, 'target')} ${one.port}/${one.transport} ${one.regionId}`,
    );
    this.peerPorts = peerPorts(this.flows);
    this.roundTrip = roundTripBetween(settings.regions[0].awsRegion, settings.regions[1].awsRegion);
    this.contactPoints = contactPoints(version.contactPoints, name, namespaces, this.brokers);
    this.exporters = plan.exporterKinds().flatMap(({ idPrefix }) =>
      namespaces.map((namespace, regionId) => ({
        exporterId: `${idPrefix}${regionId}`,
        regionId,
        url: plan.url(`${FIXED_NAMES.elasticsearchNodes}.${namespace}.svc.cluster.local`, PORTS.elasticsearch),
      })),
    );
    this.regions = settings.regions.map((region, regionId) => ({
      ...region,
      ...networkPlan(region),
      regionId,
      brokers: this.brokers.filter(broker => broker.regionId === regionId),
    }));
  }

  /** The other region. */
  public peerOf(regionId: number): RegionTopology {
    return this.regions[1 - regionId];
  }
}
