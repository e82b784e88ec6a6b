import { z } from 'zod';
import { configurationSchema } from '../bin/config/schema';
import type { Row, Table } from '../constructs/topology/settings/rows/row';
import { SETTINGS } from '../constructs/topology/settings/settings';
import { descriptionOfSettings, documentedSettings } from './settings-documentation';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The schema by which editors complete and check a configuration file. */
export function configurationJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(configurationSchema, { target: 'draft-2020-12', io: 'input' });
  const described = withDocumentation(schema, SETTINGS, '', new Map(documentedSettings().map(one => [one.path, one.description])));
  const { $schema, ...rest } = described;
  return { $schema, title: 'Configuration of a dual-region Camunda 8', description: descriptionOfSettings(), ...rest };
}

/** The text of the file that holds the schema. */
export function configurationJsonSchemaText(): string {
  return `${JSON.stringify(configurationJsonSchema(), undefined, 2)}\n`;
}

/** Descriptions and fixed defaults, which the shape alone does not need. A default that follows other settings would mislead. */
function withDocumentation(schema: JsonSchema, rows: Table, path: string, descriptions: ReadonlyMap<string, string>): JsonSchema {
  const properties = Object.entries(rows).map(([key, row]): [string, JsonSchema] => {
    const at = path === '' ? key : `${path}.${key}`;
    const own = (schema.properties?.[key] ?? {}) as JsonSchema;
    return [key, { ...inner(own, row, at, descriptions), description: descriptions.get(at), ...fixedDefault(row) }];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

function inner(schema: JsonSchema, row: Row, path: string, descriptions: ReadonlyMap<string, string>): JsonSchema {
  if (row.kind === 'section') return withDocumentation(schema, row.rows, path, descriptions);
  if (row.kind === 'list') return { ...schema, items: withDocumentation(schema.items as JsonSchema, row.rows, `${path}[]`, descriptions) };
  if (row.kind !== 'integer') return schema;
  // Limits of what JavaScript can count to say nothing about a setting.
  const { minimum, maximum, ...rest } = schema;
  return {
    ...rest,
    ...(minimum !== Number.MIN_SAFE_INTEGER && { minimum }),
    ...(maximum !== Number.MAX_SAFE_INTEGER && { maximum }),
  };
}

function fixedDefault({ default: value }: Row): { readonly default?: unknown } {
  return ['string', 'number', 'boolean'].includes(typeof value) ? { default: value } : {};
}
