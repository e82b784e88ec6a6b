import { matching, oneOf } from './rows/checks';
import type { Rows } from './rows/row';

/** Changes to one rendered object, in both regions, after everything else. */
export interface PatchSettings {
  /** Kind of the object, for example `StatefulSet`. */
  readonly kind: string;

  /** Name of the object, for example `camunda-zeebe`. With `camunda.zones`, the StatefulSet of brokers is named without its zone. */
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

const EXAMPLE = "write it like { op: 'add', path: '/spec/template/spec/priority', value: 10 }";

/**
 * Operations that take a value.
 *
 * @internal
 */
export const WITH_VALUE: readonly string[] = ['add', 'replace', 'test'];

/**
 * Operations that take a source.
 *
 * @internal
 */
export const WITH_SOURCE: readonly string[] = ['move', 'copy'];

/**
 * A place in an object.
 *
 * @see RFC 6901, JavaScript Object Notation (JSON) Pointer
 *
 * @internal
 */
export const POINTER = /^(\/([^/~]|~[01])*)+$/;

/**
 * What an operation can do.
 *
 * @internal
 */
export const OPERATIONS: readonly string[] = [...WITH_VALUE, ...WITH_SOURCE, 'remove'];

const OPERATION = {
  op: {
    kind: 'string',
    required: true,
    checks: [oneOf(OPERATIONS, { rule: 'patch', requirement: `must be one of ${OPERATIONS.join(', ')}`, fix: EXAMPLE })],
  },
  path: {
    kind: 'string',
    required: true,
    checks: [matching(POINTER, { rule: 'patch', requirement: 'must be a JSON pointer', fix: EXAMPLE })],
  },
  value: { kind: 'any' },
  from: { kind: 'string' },
} as const satisfies Rows<PatchOperationSettings>;

/** @internal */
export const PATCH = {
  kind: {
    kind: 'string',
    required: true,
    checks: [
      matching(/^[A-Z][A-Za-z]{0,62}$/, { rule: 'patch', requirement: 'must be a kind of object', fix: "for example 'StatefulSet'" }),
    ],
  },
  name: {
    kind: 'string',
    required: true,
    checks: [
      matching(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, {
        rule: 'patch',
        requirement: "must be an object's name",
        fix: "for example 'camunda-zeebe'",
      }),
    ],
  },
  operations: {
    kind: 'list',
    required: true,
    rows: OPERATION,
    list: { rule: 'patch', requirement: 'must be a list', fix: EXAMPLE },
    entryFix: EXAMPLE,
  },
} as const satisfies Rows<PatchSettings>;
