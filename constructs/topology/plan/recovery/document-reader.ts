import { show } from '../../rules/judging/problem';

/**
 * What a place of a document may hold.
 *
 * @internal
 */
export type Field =
  | { readonly kind: 'string'; readonly pattern?: RegExp }
  | { readonly kind: 'integer'; readonly least: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'strings' }
  | { readonly kind: 'choice'; readonly of: readonly (string | number)[] }
  | { readonly kind: 'list'; readonly of: Field; readonly least: number }
  | { readonly kind: 'mapping'; readonly fields: Fields; readonly optional?: Fields };

interface Fields {
  readonly [name: string]: Field;
}

/**
 * Holds a parsed document against what it may be, and keeps every difference.
 *
 * @internal
 */
export class DocumentReader {
  /** Differences so far, each naming its place, its value and what is allowed. */
  public readonly findings: string[] = [];

  public read(value: unknown, field: Field, place: string): void {
    switch (field.kind) {
      case 'string':
        if (typeof value !== 'string' || value === '') this.expect(place, 'a string', value);
        else if (field.pattern && !field.pattern.test(value)) this.expect(place, `a string like ${field.pattern.source}`, value);
        return;
      case 'integer':
        if (!Number.isInteger(value) || Number(value) < field.least) this.expect(place, `an integer of at least ${field.least}`, value);
        return;
      case 'boolean':
        if (typeof value !== 'boolean') this.expect(place, 'true or false', value);
        return;
      case 'choice':
        if (!field.of.includes(value as string)) this.expect(place, `one of ${field.of.join(', ')}`, value);
        return;
      case 'strings':
        if (!isMapping(value)) this.expect(place, 'a mapping of strings', value);
        else for (const [name, entry] of Object.entries(value)) this.read(entry, { kind: 'string' }, join(place, name));
        return;
      case 'list':
        if (!Array.isArray(value) || value.length < field.least) {
          this.expect(place, `a list of at least ${field.least}`, value);
        } else {
          value.forEach((entry, i) => this.read(entry, field.of, `${place}[${i}]`));
        }
        return;
      case 'mapping':
        this.readMapping(value, field.fields, field.optional ?? {}, place);
    }
  }

  private readMapping(value: unknown, fields: Fields, optional: Fields, place: string): void {
    if (!isMapping(value)) {
      this.expect(place, 'a mapping', value);
      return;
    }
    for (const [name, field] of Object.entries(fields)) this.read(value[name], field, join(place, name));
    for (const [name, field] of Object.entries(optional)) {
      if (value[name] !== undefined) this.read(value[name], field, join(place, name));
    }
    for (const name of Object.keys(value)) {
      if (!(name in fields) && !(name in optional)) {
        this.findings.push(`'${join(place, name)}' is not known; known here: ${Object.keys({ ...fields, ...optional }).join(', ')}`);
      }
    }
  }

  private expect(place: string, what: string, value: unknown): void {
    this.findings.push(`'${place === '' ? 'the document' : place}' must be ${what}, got ${show(value)}`);
  }
}

function isMapping(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`;
}
