import { defineConfig } from 'vitest/config';

/** What measures sound, and gets the machine for itself; and what changes its network, which other browsers would notice. */
const ALONE = ['hear.e2e.ts', 'fake-device.e2e.ts', 'network.e2e.ts', 'proxy.e2e.ts', 'lan.e2e.ts'];

export default defineConfig({
  test: {
    root: import.meta.dirname,
    globalSetup: './harness/global-setup.ts',
    retry: 0,
    testTimeout: 60_000,
    hookTimeout: 90_000,
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        // Most of their time is waiting: for people, and one of them for a network that is away for 90 seconds.
        test: { name: 'screens', include: ['*.e2e.ts'], exclude: ALONE, maxWorkers: 2, sequence: { groupOrder: 0 } },
      },
    ],
  },
});
