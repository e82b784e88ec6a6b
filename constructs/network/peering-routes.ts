import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Properties of `PeeringRoutes`. */
export interface PeeringRoutesProps {
  /** Ids of the route tables of the subnets whose traffic may go to the peer, in a fixed order. */
  readonly routeTableIds: string[];

  /** Range of the peer's VPC. */
  readonly peerCidr: string;

  /** The peering connection. */
  readonly peeringConnectionId: string;
}

/** Routes traffic for the other region's VPC through a peering connection. */
export class PeeringRoutes extends Construct {
  /** The routes, in the order of the route tables. Escape hatch for raw overrides. */
  public readonly routes: ec2.CfnRoute[];

  public constructor(scope: Construct, id: string, props: PeeringRoutesProps) {
    super(scope, id);
    this.routes = props.routeTableIds.map(
      (routeTableId, index) =>
        new ec2.CfnRoute(this, `Route${index + 1}`, {
          routeTableId,
          destinationCidrBlock: props.peerCidr,
          vpcPeeringConnectionId: props.peeringConnectionId,
        }),
    );
  }
}
