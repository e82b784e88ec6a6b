import type * as fs from 'node:fs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDurably } from '../../../bin/recover/state/durable-file';

const mockDone: string[] = [];

jest.mock('node:fs', () => {
  const real = jest.requireActual<typeof fs>('node:fs');
  return {
    ...real,
    fsyncSync: (handle: number) => {
      mockDone.push(real.fstatSync(handle).isDirectory() ? 'folder is on the disk' : 'file is on the disk');
      real.fsyncSync(handle);
    },
    renameSync: (from: string, to: string) => {
      mockDone.push('takes its place');
      real.renameSync(from, to);
    },
  };
});

const folder = mkdtempSync(join(tmpdir(), 'durable-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('what is written is on the disk before it takes the place of what was there, and under its name before anything else is done', () => {
  const path = join(folder, 'state.json');
  writeDurably(path, 'one');
  expect(mockDone).toEqual(['file is on the disk', 'takes its place', 'folder is on the disk']);
  expect(readFileSync(path, 'utf8')).toBe('one');
});
