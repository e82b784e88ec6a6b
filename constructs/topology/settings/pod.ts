import { matching } from './rows/checks';
import type { EntryCheck, Rows } from './rows/row';
import { isTextOf } from './rows/value-kinds';

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

/**
 * Workloads whose pods can be given more, by the name of their section.
 *
 * @internal
 */
export const WORKLOADS = ['orchestration', 'gateway', 'operate', 'tasklist', 'connectors', 'elasticsearch'] as const;

/** @internal */
export type WorkloadName = (typeof WORKLOADS)[number];

/**
 * Any text that a manifest can carry.
 *
 * @internal
 */
export const TEXT = /^[^\0]{0,32768}$/;

/**
 * Name of a Secret.
 *
 * @internal
 */
export const SECRET_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/**
 * Name of a label or an annotation.
 *
 * @see Kubernetes documentation, labels and selectors: syntax and character set
 *
 * @internal
 */
export const LABEL_NAME = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** @internal */
export const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

/** Labels by which Services, controllers and this library find pods. */
const OWNED_LABEL =
  /^(app|controller-revision-hash|pod-template-hash)$|(^|[./])(kubernetes\.io|k8s\.io|k8s\.elastic\.co)\/|^camunda-dual-region\//;
/** The checksum replaces pods with a changed configuration; the zone is what Elasticsearch reads. */
const OWNED_ANNOTATION = /^(checksum\/config|topology\.kubernetes\.io\/zone)$/;
/** Pods are spread over these. */
const OWNED_NODE_LABEL = /^(topology\.kubernetes\.io\/zone|kubernetes\.io\/hostname)$/;

interface NamedTexts {
  readonly value: RegExp;
  readonly owned: RegExp;
  readonly fix: string;
}

/**
 * A mapping of names to strings, by Kubernetes' rules.
 *
 * @internal
 */
export function namedTexts(rule: string, { value, owned, fix }: NamedTexts): Pick<Rows<PodSettings>['labels'], 'map' | 'checks'> {
  const isOwned: EntryCheck = { accepts: name => !owned.test(name), requirement: 'must not be one that this library owns', fix };
  const isText: EntryCheck = {
    accepts: (name, text) => owned.test(name) || (LABEL_NAME.test(name) && isTextOf(value, text)),
    key: LABEL_NAME,
    value,
    requirement: "must be a string under a name, both by Kubernetes' rules",
    fix,
  };
  return {
    map: { rule, requirement: 'must be a mapping of names to strings', fix: 'leave it out for none' },
    checks: [isOwned, isText],
  };
}

const VARIABLE = {
  name: { kind: 'string', required: true },
  value: { kind: 'string' },
  secretName: { kind: 'string' },
  secretKey: { kind: 'string' },
} as const satisfies Rows<VariableSettings>;

const TOLERATION = {
  key: { kind: 'string' },
  operator: { kind: 'string', examples: ['Equal', 'Exists'] },
  value: { kind: 'string' },
  effect: { kind: 'string', examples: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] },
  tolerationSeconds: { kind: 'integer' },
} as const satisfies Rows<TolerationSettings>;

const POD = {
  environment: { kind: 'list', default: [], rows: VARIABLE },
  configuration: { kind: 'map', default: {} },
  nodeSelector: {
    kind: 'map',
    default: {},
    ...namedTexts('pod-node-selector', {
      value: LABEL_VALUE,
      owned: OWNED_NODE_LABEL,
      fix: "use labels of your nodes, for example 'node-pool: processes'; zones and hosts are spread over already",
    }),
  },
  tolerations: { kind: 'list', default: [], rows: TOLERATION },
  annotations: {
    kind: 'map',
    default: {},
    ...namedTexts('pod-annotation', {
      value: TEXT,
      owned: OWNED_ANNOTATION,
      fix: "use names of your own, for example 'example.com/team: processes'; put numbers in quotes",
    }),
  },
  labels: {
    kind: 'map',
    default: {},
    ...namedTexts('pod-label', {
      value: LABEL_VALUE,
      owned: OWNED_LABEL,
      fix: "use names of your own, for example 'example.com/team: processes'; Services select pods by the others",
    }),
  },
  imagePullSecrets: {
    kind: 'strings',
    default: [],
    list: { rule: 'pod-pull-secret', requirement: 'must be a list', fix: 'leave it out for none' },
    checks: [
      matching(SECRET_NAME, {
        rule: 'pod-pull-secret',
        requirement: 'must be the name of a Secret',
        fix: "write it in lower case, for example 'registry-credentials'",
      }),
    ],
  },
} as const satisfies Rows<PodSettings>;

/** @internal */
export const POD_SECTION = {
  kind: 'section',
  rows: POD,
  section: { rule: 'pod', requirement: 'must be a mapping', fix: 'leave it out for no changes' },
} as const;
