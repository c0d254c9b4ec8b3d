/**
 * Sums the compressed script of the first screen: everything that `index.html` starts with, and the largest of the
 * first catalogs, which follows at once. Prints each file and the sum; fails above the limit. Run after a build:
 * `node apps/web/scripts/size.mjs [folder]`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

export const LIMIT_KB = 150;

/** Compressed sizes in kB of the scripts of the first load, from a build's folder. */
export function firstLoad(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'));
  const files = new Set();
  const collect = (name) => {
    const chunk = manifest[name];
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const other of chunk.imports ?? []) collect(other);
  };
  const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
  collect(entry);
  const size = (file) => gzipSync(readFileSync(join(folder, file))).length / 1000;
  const catalogs = Object.keys(manifest).filter((name) => /\/first\/\w+\.po$/.test(name));
  const largest = catalogs.map((name) => manifest[name].file).sort((a, b) => size(b) - size(a))[0];
  const parts = [...files, ...(largest ? [largest] : [])].map((file) => ({ file, kb: size(file) }));
  return { parts, kb: parts.reduce((sum, part) => sum + part.kb, 0) };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));
  const { parts, kb } = firstLoad(folder);
  for (const part of parts.sort((a, b) => b.kb - a.kb))
    process.stdout.write(`${part.kb.toFixed(1).padStart(7)} kB  ${part.file}\n`);
  process.stdout.write(`${kb.toFixed(1).padStart(7)} kB  in all, of ${LIMIT_KB} kB\n`);
  if (kb > LIMIT_KB) process.exitCode = 1;
}
