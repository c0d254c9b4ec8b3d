import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** The files with a hash in their name of the newest builds, newest first. */
const LIST = '.builds.json';
const KEPT_BUILDS = 2;

/**
 * A page that is open while the app is built goes on asking for the files of its own build: those of the build before
 * stay. What is older goes.
 */
export function keepLastBuild(): Plugin {
  let out = 'dist';
  let files: string[] = [];
  return {
    name: 'salotto-keep-last-build',
    apply: 'build',
    config: () => ({ build: { emptyOutDir: false } }),
    configResolved(config) {
      out = resolve(config.root, config.build.outDir);
    },
    writeBundle(_options, bundle) {
      files = Object.keys(bundle).filter((file) => file.startsWith('assets/'));
    },
    closeBundle() {
      if (files.length > 0) forgetOlderBuilds(out, files);
    },
  };
}

/** Notes the files of a build that was written just now, and removes those that none of the kept builds has. */
export function forgetOlderBuilds(out: string, files: string[]): void {
  const builds = [files, ...readList(out).filter((before) => !sameFiles(before, files))].slice(0, KEPT_BUILDS);
  const kept = new Set(builds.flat());
  for (const name of existsSync(join(out, 'assets')) ? readdirSync(join(out, 'assets')) : []) {
    if (!kept.has(`assets/${name.replace(/\.(br|gz)$/, '')}`)) rmSync(join(out, 'assets', name));
  }
  writeFileSync(join(out, LIST), JSON.stringify(builds));
}

const sameFiles = (some: string[], others: string[]): boolean =>
  some.length === others.length && some.every((file) => others.includes(file));

function readList(out: string): string[][] {
  try {
    return JSON.parse(readFileSync(join(out, LIST), 'utf8')) as string[][];
  } catch {
    return [];
  }
}
