import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderInUse, lockFolder } from './folder-lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'salotto-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a folder belongs to one at a time', () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(FolderInUse);
  expect(() => lockFolder(folder)).toThrow(`process ${process.pid}`);
  lock.release();
  lockFolder(folder).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock of a process that has died is taken over', () => {
  writeFileSync(join(folder, 'lock'), '999999999\n1\n');
  lockFolder(folder).release();
});

test('a living process that only has the same id is no owner', () => {
  writeFileSync(join(folder, 'lock'), `${process.pid}\nanother start\n`);
  lockFolder(folder).release();
});
