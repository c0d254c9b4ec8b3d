import { tool } from './command.ts';

export type Check = { name: string; run(): ReturnType<typeof tool> };

/** What looks at the sources without running them. Each is one check in the closing line. */
export const checks: Check[] = [
  {
    name: 'format, lint and import rules',
    run: () => tool('biome', ['ci', '--error-on-warnings', '.'], { quiet: true }),
  },
  { name: 'promises', run: () => tool('oxlint', ['--type-aware', '-c', '.oxlintrc.json'], { quiet: true }) },
  { name: 'dead code', run: () => tool('knip', ['--no-progress'], { quiet: true }) },
  { name: 'types', run: () => tool('tsc', ['-p', 'tsconfig.json'], { quiet: true }) },
  { name: 'types of the web app', run: () => tool('tsc', ['-p', 'apps/web'], { quiet: true }) },
];
