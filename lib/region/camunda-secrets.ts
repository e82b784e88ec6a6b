import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';

/**
 * Secrets of a deployment as one region has them: region 1 has replicas. They are known by their names, so that nothing which
 * uses them waits for the other region. Each is JSON with `username` and `password`.
 */
export interface CamundaSecrets {
  /** First administrator of Camunda. */
  readonly admin: secretsmanager.ISecret;

  /** User of Camunda Connectors. */
  readonly connectors: secretsmanager.ISecret;

  /** Elasticsearch user that Camunda writes as, in both regions. */
  readonly elasticsearch: secretsmanager.ISecret;

  /**
   * User that a recovery asks the REST API as.
   *
   * @default - none up to 8.7, whose REST API asks for no password
   */
  readonly recovery?: secretsmanager.ISecret;
}

/** One of the secrets of a deployment. */
export enum CamundaSecret {
  /** First administrator of Camunda. */
  ADMIN = 'admin',
  /** User of Camunda Connectors. */
  CONNECTORS = 'connectors',
  /** Elasticsearch user that Camunda writes as. */
  ELASTICSEARCH = 'elasticsearch',
  /** User that a recovery asks the REST API as. There is none up to 8.7. */
  RECOVERY = 'recovery',
}
