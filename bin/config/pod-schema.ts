import { z } from 'zod';

const text = (description: string): z.ZodString => z.string().describe(description);
const texts = (description: string): z.ZodRecord<z.ZodString, z.ZodString> => z.record(z.string(), z.string()).describe(description);

const variableSchema = z.strictObject({
  name: text('Name of the variable.'),
  value: text('Its value in clear text. Must not be a password.').optional(),
  secretName: text("Secret in Camunda's namespace that holds the value. You make it in both regions.").optional(),
  secretKey: text('Key within the Secret. Needed with `secretName`.').optional(),
});

const tolerationSchema = z.strictObject({
  key: text('Key of the taint.').optional(),
  operator: text('How the value is compared: `Exists` or `Equal`.').optional(),
  value: text('Value of the taint.').optional(),
  effect: text('Effect of the taint: `NoSchedule`, `PreferNoSchedule` or `NoExecute`.').optional(),
  tolerationSeconds: z.int().describe('How long a pod stays once the taint is there, in seconds. Only with effect `NoExecute`.').optional(),
});

/** What the pods of a workload can be given beside what they have. */
export const podSchema = z
  .strictObject({
    environment: z.array(variableSchema).describe('Variables of the main container.').optional(),
    configuration: texts(
      'Settings by dotted path, for example `camunda.data.primary-storage.rocks-db.memory-limit: 256MB`. Brokers get them in application.yaml, Elasticsearch in elasticsearch.yml, other workloads as variables.',
    ).optional(),
    nodeSelector: texts(
      'Labels that a node must have. Zone and host name are not among them: pods are spread over zones and hosts.',
    ).optional(),
    tolerations: z.array(tolerationSchema).describe('Taints of nodes that the pods put up with.').optional(),
    annotations: texts('Annotations of the pods.').optional(),
    labels: texts('Labels of the pods. Labels by which pods are selected belong to this library.').optional(),
    imagePullSecrets: z
      .array(z.string())
      .describe("Names of Secrets in Camunda's namespace with the credentials of a registry.")
      .optional(),
  })
  .describe('What the pods get beside what this library gives them.');

const operationSchema = z.strictObject({
  op: text('What to do: `add`, `remove`, `replace`, `move`, `copy` or `test`.'),
  path: text('Where, as a JSON pointer. For example `/spec/template/spec/hostAliases`.'),
  value: z.unknown().describe('The new value, for `add`, `replace` and `test`.').optional(),
  from: text('Where the value comes from, as a JSON pointer. For `move` and `copy`.').optional(),
});

/** Changes to rendered objects. */
export const patchesSchema = z
  .array(
    z.strictObject({
      kind: text('Kind of the object, for example `StatefulSet`.'),
      name: text('Name of the object, for example `camunda-zeebe`.'),
      operations: z.array(operationSchema).describe('What to change, in this order.'),
    }),
  )
  .describe('Changes to rendered Kubernetes objects, for what no setting offers. One that cannot be applied is an error.');
