/** What the pods of a workload get beside what this library gives them. What it owns itself cannot be replaced. */
export interface PodSettings {
  /**
   * Variables of the main container.
   *
   * @default - none but those of this library
   */
  readonly environment?: VariableSettings[];

  /**
   * Settings by dotted path, for example `camunda.data.primary-storage.rocks-db.memory-limit: 256MB`. Brokers get them in
   * application.yaml, Elasticsearch in elasticsearch.yml, other workloads as variables.
   *
   * @default - none but those of this library
   */
  readonly configuration?: { [path: string]: string };

  /**
   * Labels that a node must have. Zone and host name are not among them: pods are spread over zones and hosts.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [label: string]: string };

  /**
   * Taints of nodes that the pods put up with.
   *
   * @default - none
   */
  readonly tolerations?: TolerationSettings[];

  /**
   * Annotations of the pods.
   *
   * @default - none but those of this library
   */
  readonly annotations?: { [name: string]: string };

  /**
   * Labels of the pods. Labels by which pods are selected belong to this library.
   *
   * @default - none but those of this library
   */
  readonly labels?: { [name: string]: string };

  /**
   * Names of Secrets in Camunda's namespace with the credentials of a registry.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];
}

/** A variable of a container: either a value, or the key of a Secret. */
export interface VariableSettings {
  /** Name of the variable. */
  readonly name: string;

  /**
   * Its value in clear text. Must not be a password.
   *
   * @default - taken from a Secret
   */
  readonly value?: string;

  /**
   * Secret in Camunda's namespace that holds the value. You make it in both regions.
   *
   * @default - the value is given in clear text
   */
  readonly secretName?: string;

  /**
   * Key within the Secret. Needed with `secretName`.
   *
   * @default - the value is given in clear text
   */
  readonly secretKey?: string;
}

/**
 * A taint that pods put up with.
 *
 * @see Kubernetes documentation, taints and tolerations
 */
export interface TolerationSettings {
  /**
   * Key of the taint.
   *
   * @default - every taint, with operator `Exists`
   */
  readonly key?: string;

  /**
   * How the value is compared: `Exists` or `Equal`.
   *
   * @default - `Equal`
   */
  readonly operator?: string;

  /**
   * Value of the taint.
   *
   * @default - no value
   */
  readonly value?: string;

  /**
   * Effect of the taint: `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
   *
   * @default - every effect
   */
  readonly effect?: string;

  /**
   * How long a pod stays once the taint is there, in seconds. Only with effect `NoExecute`.
   *
   * @default - for ever
   */
  readonly tolerationSeconds?: number;
}

/** Changes to one rendered object, in both regions, after everything else. */
export interface PatchSettings {
  /** Kind of the object, for example `StatefulSet`. */
  readonly kind: string;

  /** Name of the object, for example `camunda-zeebe`. */
  readonly name: string;

  /** What to change, in this order. */
  readonly operations: PatchOperationSettings[];
}

/**
 * One operation of a JSON patch.
 *
 * @see RFC 6902, JavaScript Object Notation (JSON) Patch
 */
export interface PatchOperationSettings {
  /** What to do: `add`, `remove`, `replace`, `move`, `copy` or `test`. */
  readonly op: string;

  /** Where, as a JSON pointer. For example `/spec/template/spec/hostAliases`. */
  readonly path: string;

  /**
   * The new value, for `add`, `replace` and `test`.
   *
   * @default - no value
   */
  readonly value?: unknown;

  /**
   * Where the value comes from, as a JSON pointer. For `move` and `copy`.
   *
   * @default - no source
   */
  readonly from?: string;
}
