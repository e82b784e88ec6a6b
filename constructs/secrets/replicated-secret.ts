import { Validations } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** Properties of a `ReplicatedSecret`. */
export interface ReplicatedSecretProps {
  /** Name of the secret, the same in both regions: the other region finds its replica by it. */
  readonly secretName: string;

  /** What the credentials are for. */
  readonly description: string;

  /** User name that stands beside the generated password. */
  readonly username: string;

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
}

const PASSWORD_LENGTH = 32;

/**
 * Generated credentials in AWS Secrets Manager, replicated to the other region, so that losing a region loses none.
 *
 * The value is JSON with `username` and `password`.
 *
 * @see AWS Secrets Manager user guide, replicate secrets across Regions
 */
export class ReplicatedSecret extends Construct {
  /** The secret in the region of the stack. */
  public readonly secret: secretsmanager.ISecret;

  public constructor(scope: Construct, id: string, props: ReplicatedSecretProps) {
    super(scope, id);
    this.secret = new secretsmanager.Secret(this, 'Resource', {
      secretName: props.secretName,
      description: props.description,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: props.username }),
        generateStringKey: 'password',
        passwordLength: PASSWORD_LENGTH,
        // Passwords end up in environment variables and configuration files.
        excludePunctuation: true,
      },
      encryptionKey: props.encryptionKey,
      replicaRegions: [{ region: props.replicaRegion, encryptionKey: props.replicaEncryptionKey }],
    });
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'rotation would have to change the users in Camunda and Elasticsearch of both regions at the same time',
    });
  }
}
