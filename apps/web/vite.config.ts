import { join } from 'node:path';
import { lingui } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { buildName } from './build-name.ts';
import { keepLastBuild } from './keep-last-build.ts';
import { precompress } from './precompress.ts';

// Lingui looks for its config from the working folder, which is the project's root in tests.
process.env.LINGUI_CONFIG ??= join(import.meta.dirname, 'lingui.config.ts');

/** Where `vite` in development finds the API. */
const server = process.env.SALOTTO_DEV_SERVER ?? 'http://localhost:8080';
/** The server takes requests from its own pages only, and this one has another port. */
const proxied = { target: server, headers: { origin: server } };

/** The two faces of the first screen are asked for at once instead of after the style sheet. */
function preloadFonts(): Plugin {
  return {
    name: 'salotto-preload-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => /(figtree-latin-wght|fraunces-latin-soft)-normal[^/]*\.woff2$/.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: '' },
            injectTo: 'head' as const,
          })),
    },
  };
}

export default defineConfig({
  plugins: [
    // Without this plugin Lingui's macros would be left as they are and fail only in the browser.
    babel({ include: [/\/apps\/web\/src\/.*\.tsx?$/], plugins: ['@lingui/babel-plugin-lingui-macro'] }),
    react(),
    lingui(),
    tailwindcss(),
    preloadFonts(),
    buildName(),
    keepLastBuild(),
    precompress(),
  ],
  build: {
    target: 'es2022',
    manifest: true,
    assetsInlineLimit: 0,
    // Browsers that run this build preload modules by themselves.
    modulePreload: { polyfill: false },
  },
  test: {
    name: 'web',
    include: ['src/**/*.test.{ts,tsx}', '*.test.ts'],
  },
  server: {
    proxy: {
      '/api': proxied,
      '/pictures': proxied,
      '/health': proxied,
      '/updates': { ...proxied, ws: true },
      '/rtc': { ...proxied, ws: true },
    },
  },
});
