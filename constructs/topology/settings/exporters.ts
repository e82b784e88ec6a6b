import { TEXT } from './pod';
import { matching, oneOf } from './rows/checks';
import type { Check, EntryCheck, Rows } from './rows/row';
import { isTextOf } from './rows/value-kinds';

/** An exporter of yours, which every broker of both regions runs beside those to Elasticsearch. */
export interface ExporterSettings {
  /** Id of the exporter: at most 50 lower-case letters and digits, the first one a letter. */
  readonly exporterId: string;

  /** Class of the exporter, with its package. */
  readonly className: string;

  /**
   * Where its jar comes from.
   *
   * @default - the class is in Camunda's image
   */
  readonly jar?: ExporterJarSettings;

  /**
   * Arguments by dotted path. A password is a placeholder such as `${MY_PASSWORD}`, of a variable in `orchestration.pod.environment`.
   *
   * @default - none
   */
  readonly arguments?: { [path: string]: string };

  /**
   * The region whose server it writes to, 0 or 1. A failover of that region disables it.
   *
   * @default - a server in neither region: a failover leaves it as it is
   */
  readonly regionId?: number;
}

/** A jar in an image of yours. */
export interface ExporterJarSettings {
  /**
   * The image with its tag, for example `registry.example.com/exporters/kafka:1.2.0`. It must have the program `cp`. A registry in `images` or
   * `regions[]` takes the place of the one that is named here.
   */
  readonly image: string;

  /** Path of the jar in the image, for example `/exporters/kafka.jar`. */
  readonly path: string;
}

const RULE = 'exporter';

/** Exporters of this library, and those that Camunda makes by itself, are not named anew. */
const OWN_ID: Check = {
  rule: RULE,
  accepts: value => !isTextOf(/^((camunda|elasticsearch)region\d+|camundaexporter|rdbms)$/, value),
  requirement: 'must not be the id of an exporter of this library or of Camunda',
  fix: "choose another one, for example 'kafka'",
};

const ARGUMENT: EntryCheck = {
  accepts: (path, value) => isTextOf(/^[A-Za-z]\w*(\.\w+)*$/, path) && isTextOf(TEXT, value),
  key: /^[A-Za-z]\w*(\.\w+)*$/,
  value: TEXT,
  requirement: 'must be a string under a dotted path',
  fix: "write it like 'producer.topic: records', and put numbers in quotes",
};

const JAR = {
  image: {
    kind: 'string',
    required: true,
    checks: [
      matching(/^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9][a-z0-9._-]*)+:[\w][\w.-]{0,127}$/, {
        rule: RULE,
        requirement: 'must be an image with registry, repository and tag',
        fix: "write it like 'registry.example.com/exporters/kafka:1.2.0'",
      }),
      {
        rule: RULE,
        accepts: value => !isTextOf(/:latest$/, value),
        requirement: "must have another tag than 'latest': brokers of one cluster would run different jars",
        fix: 'name a tag that is never moved',
      },
    ],
  },
  path: {
    kind: 'string',
    required: true,
    checks: [
      matching(/^(\/[\w.-]+)+\.jar$/, {
        rule: RULE,
        requirement: 'must be the full path of a jar',
        fix: "write it like '/exporters/kafka.jar'",
      }),
    ],
  },
} as const satisfies Rows<ExporterJarSettings>;

const EXAMPLE =
  "write it like { exporterId: 'kafka', className: 'com.example.KafkaExporter', jar: { image: 'registry.example.com/exporters/kafka:1.2.0', path: '/kafka.jar' } }";

/** @internal */
export const EXPORTER = {
  exporterId: {
    kind: 'string',
    required: true,
    checks: [
      matching(/^[a-z][a-z0-9]{0,49}$/, {
        rule: RULE,
        requirement: 'must be at most 50 lower-case letters and digits, and begin with a letter',
        fix: "choose a name like 'kafka'",
      }),
      OWN_ID,
    ],
  },
  className: {
    kind: 'string',
    required: true,
    checks: [
      matching(/^([A-Za-z_]\w*\.)+[A-Za-z_$][\w$]*$/, {
        rule: RULE,
        requirement: 'must be the name of a Java class with its package',
        fix: "write it like 'com.example.KafkaExporter'",
      }),
    ],
  },
  jar: { kind: 'section', rows: JAR, section: { rule: RULE, requirement: 'must be a mapping with image and path', fix: EXAMPLE } },
  arguments: {
    kind: 'map',
    map: { rule: RULE, requirement: 'must be a mapping of paths to strings', fix: 'leave it out for none' },
    checks: [ARGUMENT],
  },
  regionId: {
    kind: 'integer',
    checks: [oneOf([0, 1], { rule: RULE, requirement: 'must be 0 or 1', fix: 'leave it out if its server is in neither region' })],
  },
} as const satisfies Rows<ExporterSettings>;

/**
 * The words of the list.
 *
 * @internal
 */
export const EXPORTERS_LIST = { list: { rule: RULE, requirement: 'must be a list', fix: 'leave it out for none' }, entryFix: EXAMPLE };
