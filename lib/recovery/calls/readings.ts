import type { HttpResponse } from './http';

/** Enough for what an error is about, and for its cause. */
const LONGEST_TEXT = 500;

/**
 * What a call has brought: a value, or the reason why there is none.
 *
 * @internal
 */
export type Reading<T> = { readonly ok: true; readonly value: T } | Unread;

/**
 * Why there is no value.
 *
 * @internal
 */
export interface Unread {
  readonly ok: false;
  readonly why: string;
  /** Status of an answer that says no. */
  readonly status?: number;
  /** Whether nobody has answered at all. */
  readonly silent?: boolean;
}

/** @internal */
export interface Json {
  readonly [name: string]: unknown;
}

/** @internal */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @internal */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Entries of a list that are mappings. Servers add fields with every version: what is not needed is not looked at.
 *
 * @internal
 */
export function mappings(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** @internal */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/**
 * An id that is a number, or a string with a number in it.
 *
 * @internal
 */
export function idOf(value: unknown): number {
  return textOf(value) === '' ? NaN : Number(value);
}

/**
 * What a server says of an error. Shape and language differ between the servers.
 *
 * @internal
 */
export function errorText({ status, text }: HttpResponse): string {
  const value = parsed(text);
  const said = isJson(value) ? textOf(value.message) || reasonOf(value.error) : plainText(text);
  return `HTTP ${status}${said === '' ? '' : `: ${said.slice(0, LONGEST_TEXT)}`}`;
}

/** One line without markup: a proxy in between answers with a page. */
function plainText(text: string): string {
  return text
    .replace(/<(style|script)\b.*?<\/\1>|<[^>]*>/gis, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The name that Elasticsearch gives an error.
 *
 * @internal
 */
export function errorType({ text }: HttpResponse): string {
  const value = parsed(text);
  return isJson(value) && isJson(value.error) ? textOf(value.error.type) : '';
}

function reasonOf(error: unknown): string {
  if (!isJson(error)) return textOf(error);
  const cause = innermost(error);
  return [mappings(error.root_cause)[0] ?? error, ...(cause === error ? [] : [cause])].map(typeAndReason).join(', because of ');
}

/** Elasticsearch says first what it could not do. Why, for example what S3 answered, is at the end of the chain. */
function innermost(error: Json): Json {
  return isJson(error.caused_by) ? innermost(error.caused_by) : error;
}

function typeAndReason({ type, reason }: Json): string {
  return [textOf(type), textOf(reason)].filter(part => part !== '').join(': ');
}
