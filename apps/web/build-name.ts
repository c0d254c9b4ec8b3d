import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Writes into the page which build it is: a hash of its files, whose names are hashes themselves. */
export function buildName(): Plugin {
  return {
    name: 'salotto-build-name',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) => {
        const files = Object.keys(bundle ?? {}).sort();
        const content = createHash('sha256').update(files.join('\n')).digest('base64url').slice(0, 12);
        return [{ tag: 'meta', attrs: { name: 'salotto-build', content }, injectTo: 'head' as const }];
      },
    },
  };
}
