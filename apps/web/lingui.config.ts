import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** What only pages show that are not among the first: their sentences come with them. */
const LATER = [
  'features/administration/**',
  'features/profile/**',
  'features/notification/!(bell).tsx',
  'features/room/**',
  'features/wave/**',
  'features/hallway/suggestions.tsx',
  'features/search/**',
  'ui/{share-sheet.tsx,later-errors.ts}',
  'ui/{room-choices,back-home,code-field,file-choice,industry-field}.tsx',
  'features/hallway/start-form.tsx',
  'ui/{crop-view,picture-crop,verified-mark}.tsx',
  'features/guest/**',
  'features/invite/**',
  'features/account/!(welcome-page).tsx',
].map((path) => `<rootDir>/src/${path}`);

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'it', 'zh'],
  catalogs: [
    { path: '<rootDir>/src/locales/first/{locale}', include: ['<rootDir>/src'], exclude: LATER },
    { path: '<rootDir>/src/locales/later/{locale}', include: LATER },
  ],
  format: formatter({ lineNumbers: false }),
});
