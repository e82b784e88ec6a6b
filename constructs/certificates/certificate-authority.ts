import { join } from 'node:path';
import { CustomResource, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as cr from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';

/** Properties of a `CertificateAuthority`. */
export interface CertificateAuthorityProps {
  /** Name of the secret, the same in both regions: the other region finds the replica by it. */
  readonly secretName: string;

  /** Subject of the certificate. */
  readonly commonName: string;

  /** AWS region of the replica. */
  readonly replicaRegion: string;

  /**
   * Key of yours that encrypts the secret.
   *
   * @default - the key that AWS keeps for Secrets Manager
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Key of yours that encrypts the replica, in its region.
   *
   * @default - the key that AWS keeps for Secrets Manager there
   */
  readonly replicaEncryptionKey?: kms.IKey;

  /** How long the logs of the function that makes the authority are kept. */
  readonly logRetention: logs.RetentionDays;
}

/** Outlives every deployment of its size, and is made once: a new one would have to reach both regions at the same moment. */
const YEARS = 20;
/** Folder with what `authority/lambda.ts` is bundled to. It is beside this file in the repository and in the package. */
const CODE = join(__dirname, 'authority', 'bundle');
/** What is put into a secret is encrypted in both regions, in the name of who puts it. */
const USE_OF_KEYS = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'];
const WHAT_THERE_IS = ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'];

/**
 * A private certificate authority in AWS Secrets Manager, replicated to the other region, so that losing a region loses no
 * trust. Its key is made by a function in the account, and is in no template, output or log.
 *
 * The value is JSON with `certificate` and `key`, both PEM.
 *
 * @see AWS Secrets Manager user guide, replicate secrets across Regions
 */
export class CertificateAuthority extends Construct {
  /** The secret in the region of the stack. */
  public readonly secret: secretsmanager.ISecret;

  public constructor(scope: Construct, id: string, props: CertificateAuthorityProps) {
    super(scope, id);
    this.secret = new secretsmanager.Secret(this, 'Secret', {
      secretName: props.secretName,
      description: `${props.commonName}: certificate and key`,
      // The function takes a value without a certificate for none. It is never looked at again.
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'none' },
      encryptionKey: props.encryptionKey,
      replicaRegions: [{ region: props.replicaRegion, encryptionKey: props.replicaEncryptionKey }],
    });
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: props.logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const handler = new lambda.Function(this, 'Handler', {
      description: `Makes the ${props.commonName}, once`,
      runtime: lambda.determineLatestNodeRuntime(this),
      handler: 'index.handler',
      code: lambda.Code.fromAsset(CODE),
      timeout: Duration.minutes(1),
      role: this.functionRole('HandlerRole', logGroup),
      logGroup,
    });
    handler.addToRolePolicy(new iam.PolicyStatement({ actions: WHAT_THERE_IS, resources: [this.secret.secretArn] }));
    const keys = [props.encryptionKey, props.replicaEncryptionKey].flatMap(key => key?.keyArn ?? []);
    if (keys.length > 0) handler.addToRolePolicy(new iam.PolicyStatement({ actions: USE_OF_KEYS, resources: keys }));
    const providerRole = this.functionRole('ProviderRole', logGroup);
    const provider = new cr.Provider(this, 'Provider', {
      onEventHandler: handler,
      frameworkOnEventRole: providerRole,
      logGroup,
    });
    const authority = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::CertificateAuthority',
      serviceToken: provider.serviceToken,
      properties: { SecretId: this.secret.secretArn, CommonName: props.commonName, Years: YEARS },
    });
    // The rights are a resource of their own, which nothing else would wait for.
    authority.node.addDependency(handler.role!);
    this.acknowledgeFindings(providerRole, handler);
  }

  /** Only what a function does: its log group exists before it, and must not come back after it. */
  private functionRole(id: string, logGroup: logs.ILogGroup): iam.Role {
    const role = new iam.Role(this, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    return role;
  }

  private acknowledgeFindings(providerRole: iam.Role, handler: lambda.Function): void {
    const handlerId = Stack.of(this).getLogicalId(handler.node.defaultChild as lambda.CfnFunction);
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'whatever trusts the authority would have to learn of a new one in both regions at the same time',
    });
    Validations.of(providerRole).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${handlerId}.Arn>:*]`,
      reason: "the CDK's provider framework may call every version of this function, and nothing else",
    });
  }
}
