import { z } from 'zod';
import type { Check, Row, Table } from '../../constructs/topology/settings/rows/row';
import { SETTINGS } from '../../constructs/topology/settings/settings';

// The shape of a configuration file, made from the rows of the settings. It refuses keys and kinds of values; what the values must
// be is told by the rules of the topology, for files and for code alike. What editors are told of it is metadata here.

/** The shape of a configuration file. */
export const configurationSchema: z.ZodObject = mapping(SETTINGS);

function mapping(rows: Table): z.ZodObject {
  const entries = Object.entries(rows).map(([key, row]) => [key, row.required ? schemaOf(row) : schemaOf(row).optional()] as const);
  return z.strictObject(Object.fromEntries(entries));
}

function schemaOf(row: Row): z.ZodType {
  switch (row.kind) {
    case 'boolean':
      return z.boolean();
    case 'integer':
      return z.int().meta({ ...limits(row), ...checked(row.checks) });
    case 'number':
      return z.number().meta(limits(row));
    case 'string':
      return z.string().meta({ ...checked(row.checks), ...(row.examples && { examples: [...row.examples] }) });
    case 'strings':
      return z.array(z.string().meta(checked(row.checks))).meta(lengthOf(row.length));
    case 'list':
      return z.array(mapping(row.rows)).meta(lengthOf(row.length));
    case 'map':
      return mapOf(row);
    case 'section':
      return mapping(row.rows);
    case 'any':
      return z.unknown();
  }
}

function mapOf({ checks = [], max }: Extract<Row, { kind: 'map' }>): z.ZodType {
  const [key, value] = [checks.find(check => check.key)?.key, checks.find(check => check.value)?.value];
  const schema = z.record(z.string().meta(key ? { pattern: key.source } : {}), z.string().meta(value ? { pattern: value.source } : {}));
  return max === undefined ? schema : schema.meta({ maxProperties: max });
}

function checked(checks: readonly Check[] = []): Record<string, unknown> {
  const demands = checks.filter(({ isWarning }) => !isWarning);
  const [pattern, values] = [demands.find(check => check.pattern)?.pattern, demands.find(check => check.oneOf)?.oneOf];
  return { ...(pattern && { pattern: pattern.source }), ...(values && { enum: [...values] }) };
}

function limits({
  min,
  max,
  multipleOf,
}: {
  readonly min?: number;
  readonly max?: number;
  readonly multipleOf?: number;
}): Record<string, number> {
  return {
    ...(min !== undefined && { minimum: min }),
    ...(max !== undefined && { maximum: max }),
    ...(multipleOf !== undefined && { multipleOf }),
  };
}

function lengthOf(length: number | undefined): Record<string, number> {
  return length === undefined ? {} : { minItems: length, maxItems: length };
}
