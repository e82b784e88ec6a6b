import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** Properties of a `WebIdentity`. */
export interface WebIdentityProps {
  /** By what IAM knows the cluster's tokens. There is one for a cluster. */
  readonly provider: iam.IOidcProvider;

  /** Name of the role. Fixed, so that manifests which know nothing of the stack can name it. */
  readonly roleName: string;

  /** Namespace of the service account. */
  readonly namespace: string;

  /** The service account whose tokens get the role. It need not exist yet. */
  readonly serviceAccount: string;
}

/** Whom tokens for AWS are meant for. */
const AUDIENCE = 'sts.amazonaws.com';

/**
 * An IAM role for the tokens of one service account, without keys: for software that does not know EKS Pod Identity.
 *
 * @see Amazon EKS user guide, IAM roles for service accounts
 */
export class WebIdentity extends Construct {
  /** The role. Grant to it what the pods need. */
  public readonly role: iam.Role;

  public constructor(scope: Construct, id: string, props: WebIdentityProps) {
    super(scope, id);
    const { namespace, serviceAccount, provider } = props;
    const principal = new iam.WebIdentityPrincipal(provider.oidcProviderArn);
    this.role = new iam.Role(this, 'Role', {
      roleName: props.roleName,
      description: `Pods of ${namespace}/${serviceAccount}`,
      assumedBy: principal,
    });
    const issuer = provider.oidcProviderIssuer;
    const trust = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: principal.assumeRoleAction,
          Principal: { Federated: provider.oidcProviderArn },
          Condition: {
            StringEquals: { [`${issuer}:aud`]: AUDIENCE, [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}` },
          },
        },
      ],
    };
    // As text, because the names of the conditions hold the issuer, and CloudFormation computes no names. It takes either form.
    const resource = this.role.node.defaultChild as iam.CfnRole;
    resource.addPropertyOverride('AssumeRolePolicyDocument', Stack.of(this).toJsonString(trust));
  }
}
