import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { authorityHandler, type SecretStore } from './authority-handler';

const client = new SecretsManagerClient();

const secrets: SecretStore = {
  async read(SecretId) {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
    return SecretString;
  },
  async write(SecretId, SecretString) {
    await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
  },
};

/** What AWS Lambda calls. */
export const handler = authorityHandler(secrets, () => new Date());
