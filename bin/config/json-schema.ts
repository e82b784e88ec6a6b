import { z } from 'zod';
import { resolveSettings } from '../../constructs/topology/settings/resolved-settings';
import { isMapping } from '../../constructs/topology/settings/value-kinds';
import { configurationSchema } from './schema';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Their defaults follow other settings, so a fixed one would mislead. */
const WITHOUT_FIXED_DEFAULT = ['partitionCount', 'maxPerZone', 'cpuLimitMillis'];

/** The schema by which editors complete and check a configuration file. */
export function configurationJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(configurationSchema, {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ jsonSchema }) => {
      // Limits of what JavaScript can count to say nothing about a setting.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  const { $schema, ...rest } = withDefaults(schema, resolveSettings({ regions: [] }));
  return { $schema, title: 'Configuration of a dual-region Camunda 8', ...rest };
}

/** The text of the file that holds the schema. */
export function configurationJsonSchemaText(): string {
  return `${JSON.stringify(configurationJsonSchema(), undefined, 2)}\n`;
}

function withDefaults(schema: JsonSchema, defaults: unknown): JsonSchema {
  if (!schema.properties || !isMapping(defaults)) return schema;
  const properties = Object.entries(schema.properties).map(([key, property]): [string, JsonSchema | boolean] => {
    const value = defaults[key];
    if (typeof property === 'boolean') return [key, property];
    if (isMapping(value)) return [key, withDefaults(property, value)];
    const isFixed = ['string', 'number', 'boolean'].includes(typeof value) && !WITHOUT_FIXED_DEFAULT.includes(key);
    return [key, isFixed ? { ...property, default: value } : property];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}
