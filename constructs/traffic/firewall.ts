import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Properties of a `Firewall`. */
export interface FirewallProps {
  readonly loadBalancerArn: string;
}

/**
 * Rules of AWS that look at the body of a request. Process models are XML, larger than 8 KiB, and have addresses and scripts in them, so
 * that each of these would refuse a deployment of processes. They count what they find.
 *
 * @see AWS WAF developer guide, core rule set
 */
const BODY_RULES = ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericRFI_BODY', 'GenericLFI_BODY', 'EC2MetaDataSSRF_BODY'];

/** Attempts to log in by one address in five minutes. An office behind one address stays below it. */
const LOGINS = 300;

/**
 * AWS WAF before an application load balancer: the core rules of AWS but for bodies, and a limit of attempts to log in.
 *
 * Nothing else is limited: job workers behind one address may send thousands of requests a second.
 */
export class Firewall extends Construct {
  /** The rules. Escape hatch for raw overrides. */
  public readonly acl: wafv2.CfnWebACL;

  public constructor(scope: Construct, id: string, { loadBalancerArn }: FirewallProps) {
    super(scope, id);
    this.acl = new wafv2.CfnWebACL(this, 'Resource', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibleAs('camunda'),
      rules: [
        {
          name: 'core',
          priority: 0,
          overrideAction: { none: {} },
          visibilityConfig: visibleAs('camunda-core'),
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name: 'AWSManagedRulesCommonRuleSet',
              ruleActionOverrides: BODY_RULES.map(name => ({ name, actionToUse: { count: {} } })),
            },
          },
        },
        {
          name: 'logins',
          priority: 1,
          action: { block: {} },
          visibilityConfig: visibleAs('camunda-logins'),
          statement: {
            rateBasedStatement: {
              aggregateKeyType: 'IP',
              limit: LOGINS,
              scopeDownStatement: {
                byteMatchStatement: {
                  fieldToMatch: { uriPath: {} },
                  positionalConstraint: 'ENDS_WITH',
                  searchString: '/login',
                  textTransformations: [{ priority: 0, type: 'LOWERCASE' }],
                },
              },
            },
          },
        },
      ],
    });
    new wafv2.CfnWebACLAssociation(this, 'Association', { resourceArn: loadBalancerArn, webAclArn: this.acl.attrArn });
  }
}

function visibleAs(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}
