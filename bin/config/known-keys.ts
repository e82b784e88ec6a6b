import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { configurationSchema } from './schema';
import { settingPath } from './setting-tree';

/** The keys that a mapping may have. Undefined where every key is allowed, and where no mapping is expected. */
export function keysAt(path: readonly PropertyKey[]): string[] | undefined {
  const shape = shapeOf(schemaAt(path));
  return shape && Object.keys(shape);
}

/** The only values that a setting may have, where they are known. */
export function valuesAt(path: readonly PropertyKey[]): readonly string[] | undefined {
  const schema = unwrapped(schemaAt(path));
  return schema instanceof z.ZodString ? (schema.meta()?.enum as readonly string[] | undefined) : undefined;
}

function schemaAt(path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  return path.reduce<z.core.$ZodType | undefined>((at, key) => inside(at, key), configurationSchema);
}

/** The known key that was probably meant, as people mistype: a slip or two, or another case. */
export function meantKey(written: string, known: readonly string[]): string | undefined {
  const sameLetters = known.find(key => lettersOf(key) === lettersOf(written));
  if (sameLetters !== undefined || known.length === 0) return sameLetters;
  const nearest = closest(written, known);
  return distance(written, nearest) <= Math.max(1, Math.floor(nearest.length / 3)) ? nearest : undefined;
}

/** Where else in a configuration a key of this name belongs. */
export function homesOf(key: string): string[] {
  return homesIn(configurationSchema, '', key);
}

function lettersOf(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function homesIn(schema: z.core.$ZodType | undefined, setting: string, key: string): string[] {
  const list = unwrapped(schema);
  if (list instanceof z.ZodArray) return homesIn(list.element, `${setting}[]`, key);
  return Object.entries(shapeOf(schema) ?? {}).flatMap(([name, value]) => {
    const path = settingPath(setting, name);
    return name === key ? [path] : homesIn(value, path, key);
  });
}

function inside(schema: z.core.$ZodType | undefined, key: PropertyKey): z.core.$ZodType | undefined {
  const container = unwrapped(schema);
  return container instanceof z.ZodArray ? container.element : shapeOf(container)?.[String(key)];
}

function shapeOf(schema: z.core.$ZodType | undefined): Readonly<Record<string, z.core.$ZodType>> | undefined {
  const mapping = unwrapped(schema);
  return mapping instanceof z.ZodObject ? mapping.shape : undefined;
}

function unwrapped(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  return schema instanceof z.ZodOptional ? schema.unwrap() : schema;
}
