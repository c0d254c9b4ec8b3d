import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './root.mjs';

const markdownIn = (folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

const documents = ['.', 'docs', 'docs/adr'].flatMap(markdownIn);

test('there are documents to look at', () => {
  expect(documents).toContain('README.md');
  expect(documents.length).toBeGreaterThan(5);
});

test.each(documents)('every link and picture of %s leads to a file', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target);
  const missing = targets.filter(
    (target) => !/^(https?|mailto):/.test(target) && !existsSync(resolve(ROOT, dirname(document), target)),
  );
  expect(missing).toEqual([]);
});

test('the annotated tree names only what is there', () => {
  const text = readFileSync(join(ROOT, 'docs/ARCHITECTURE.md'), 'utf8');
  const tree = text.split('```')[1] ?? '';
  /** The folder at each depth; a line may name several files, and ends in its remark after two spaces. */
  const path = [];
  const missing = [];
  let seen = 0;
  for (const line of tree.split('\n').slice(1)) {
    const [, indent = '', names = ''] = /^( *)(\S+(?: \S+)*)(?: {2}|$)/.exec(line) ?? [];
    if (names === '') continue;
    const depth = indent.length / 2;
    if (!Number.isInteger(depth) || depth > path.length) continue;
    for (const name of names.split(' ')) {
      seen += 1;
      if (!existsSync(join(ROOT, ...path.slice(0, depth), name))) missing.push(join(...path.slice(0, depth), name));
      if (name.endsWith('/')) path.splice(depth, path.length, name);
    }
  }
  expect(seen).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});
