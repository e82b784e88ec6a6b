import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { address, perRegion, regionNumber, token, user, userPerRegion, wholeSeconds } from '../../../bin/recover/arguments';

test.each([
  ['region1', 1],
  ['1', 1],
  ['region11', 11],
])('a region is %s', (text, regionId) => {
  expect(regionNumber(text, 12)).toBe(regionId);
});

test.each(['', 'region', 'eu-region1', 'region1b', '1.5', '-1'])('a region is not %j', text => {
  expect(() => regionNumber(text, 2, '--context')).toThrow(`--context: there is no region '${text}'; regions are region0, region1`);
});

test.each(['0', '-1', '1.5', 'soon'])('a time in seconds is not %s', text => {
  expect(() => wholeSeconds(text, '--wait')).toThrow(`--wait is a whole number of seconds, at least 1, got '${text}'`);
});

test('a time may be one second', () => {
  expect(wholeSeconds('1', '--wait')).toBe(1);
});

describe('a list by region', () => {
  const list = (text?: string): unknown => perRegion(text, '--context');

  test('may name some regions, all, or none', () => {
    expect(list()).toEqual([]);
    expect(list('region1=paris')).toEqual([undefined, 'paris']);
    expect(list('region1=paris, region0=arn:aws:eks=1')).toEqual(['arn:aws:eks=1', 'paris']);
  });

  test.each(['london', 'region0=', 'region0=london,paris', 'my-region0=london'])('is not %s', text => {
    expect(() => list(text)).toThrow(/^--context is a list like region0=\.\.\.,region1=\.\.\., got '/);
  });

  test('tells which part is wrong', () => {
    expect(() => list('region0=london,paris')).toThrow("got 'paris'");
    expect(() => list('region10=london')).toThrow("there is no region 'region10'");
  });
});

describe('a user', () => {
  const folder = mkdtempSync(join(tmpdir(), 'arguments-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('has a name of any length, and a password in which anything may stand', () => {
    expect(user('a:b:c ', '--rest-user')).toEqual({ name: 'a', password: 'b:c ' });
  });

  test('has the password of a file without the end of its line', () => {
    const file = join(folder, 'password');
    writeFileSync(file, 'secret\n');
    expect(user(`ada:@${file}`, '--rest-user')).toEqual({ name: 'ada', password: 'secret' });
  });

  test('may have a token instead, of a file without the end of its line', () => {
    const file = join(folder, 'token');
    writeFileSync(file, 'a.b-c_d\n');
    expect(token(`@${file}`, '--rest-token')).toEqual({ name: 'the token of --rest-token', token: 'a.b-c_d' });
    expect(token('a.b', '--rest-token')).toMatchObject({ token: 'a.b' });
    expect(token(undefined, '--rest-token')).toBeUndefined();
    for (const text of ['', 'a b', 'a\nb']) expect(() => token(text, '--rest-token')).toThrow('--rest-token is a token, or @file with one');
  });

  test.each(['ada', ':secret', ''])('is not %j', text => {
    expect(() => user(text, '--rest-user')).toThrow('--rest-user is a user like name:password or name:@file');
  });

  test('is the same in all regions unless regions are named', () => {
    const all = userPerRegion('x-region0=ada:secret', '--elasticsearch-user');
    expect([all(0), all(1)]).toEqual([0, 1].map(() => ({ name: 'x-region0=ada', password: 'secret' })));
    expect(userPerRegion(undefined, '--elasticsearch-user')(0)).toBeUndefined();
    expect(() => userPerRegion('region10=ada:secret', '--elasticsearch-user')).toThrow("there is no region 'region10'");
  });
});

test.each(['http://localhost:9600', 'https://camunda.example.com/path'])('an address is %s', text => {
  expect(address(text, '--rest-url')).toBe(text);
});

test.each(['localhost:9600', 'ftp://example.com', 'xhttp://example.com', 'httpx://example.com', ''])('an address is not %j', text => {
  expect(() => address(text, '--rest-url')).toThrow(`--rest-url is an address like http://localhost:9600, got '${text}'`);
});
