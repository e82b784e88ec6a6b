import { mkdirSync, readFileSync } from 'node:fs';
import { UsageError } from './exit-code';
import { reasonOf } from './reason';

/** Options that every command has. */
export interface ConnectionOptions {
  readonly context?: string;
  readonly namespace?: string;
  readonly topology?: string;
  readonly managementUrl?: string;
  readonly restUrl?: string;
  readonly restUser?: string;
  readonly restToken?: string;
  readonly elasticsearchUrl?: string;
  readonly elasticsearchUser?: string;
  readonly ca?: string;
  readonly state?: string;
  readonly operator?: string;
  readonly json?: boolean;
}

/** How many regions a deployment has. */
export const REGIONS = 2;

/** `region1` or `1`. */
export function regionNumber(text: string, regions: number, option?: string): number {
  const id = Number(/^(?:region)?(\d+)$/.exec(text)?.[1] ?? NaN);
  if (!Number.isInteger(id) || id >= regions) {
    const known = Array.from({ length: regions }, (_, i) => `region${i}`).join(', ');
    throw new UsageError(`${option === undefined ? '' : `${option}: `}there is no region '${text}'; regions are ${known}`);
  }
  return id;
}

/** Seconds, at least 1. */
export function wholeSeconds(text: string | number, option: string): number {
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 1) throw new UsageError(`${option} is a whole number of seconds, at least 1, got '${text}'`);
  return seconds;
}

/** `region0=A,region1=B` as a list. */
export function perRegion(text: string | undefined, option: string): (string | undefined)[] {
  const values: (string | undefined)[] = [];
  for (const part of text?.split(',') ?? []) {
    const [, region, value] = /^(region\d+)=(.+)$/.exec(part.trim()) ?? [];
    if (region === undefined) throw new UsageError(`${option} is a list like region0=...,region1=..., got '${part}'`);
    const regionId = regionNumber(region, REGIONS, option);
    if (values[regionId] !== undefined) throw new UsageError(`${option} names region${regionId} twice`);
    values[regionId] = value;
  }
  return values;
}

/** A user with the password. */
export interface User {
  readonly name: string;
  readonly password: string;
}

/** A user for all regions, or `region0=A,region1=B`: a password of one region may be that of no other. */
export function userPerRegion(text: string | undefined, option: string): (regionId: number) => User | undefined {
  if (text === undefined || !/^region\d+=/.test(text)) {
    const same = user(text, option);
    return () => same;
  }
  const users = perRegion(text, option).map(one => user(one, option));
  return regionId => users[regionId];
}

/** `name:password`, or `name:@file` so that the password does not stand in the list of processes. */
export function user(text: string | undefined, option: string): User | undefined {
  if (text === undefined) return undefined;
  const at = text.indexOf(':');
  if (at < 1) throw new UsageError(`${option} is a user like name:password or name:@file`);
  const password = text.slice(at + 1);
  return { name: text.slice(0, at), password: password.startsWith('@') ? textOf(password.slice(1), option).trim() : password };
}

/** A token that somebody has got by themselves, and what it is called. */
export interface GivenToken {
  readonly name: string;
  readonly token: string;
}

/** A token, or `@file` so that it does not stand in the list of processes. */
export function token(text: string | undefined, option: string): GivenToken | undefined {
  if (text === undefined) return undefined;
  const given = text.startsWith('@') ? textOf(text.slice(1), option).trim() : text;
  // A header takes no others, and an error of Node.js would show it.
  if (!/^[\w.~+/=-]+$/.test(given)) throw new UsageError(`${option} is a token, or @file with one`);
  return { name: `the token of ${option}`, token: given };
}

/** What stands in a file that an option names. */
export function textOf(file: string, option: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${option}: cannot read ${file}: ${reasonOf(error)}`);
  }
}

/** Makes a folder that an option names, before anything is done. */
export function makeFolder(folder: string, option: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`${option}: cannot make ${folder}: ${reasonOf(error)}`);
  }
}

/** An address of a server. */
export function address(text: string, option: string): string {
  if (!/^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) {
    throw new UsageError(`${option} is an address like http://localhost:9600, got '${text}'`);
  }
  return text;
}
