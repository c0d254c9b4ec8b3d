import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/**
 * Mostly waiting, so that two share the machine: one waits for 90 seconds without network, and beside it run, in this order,
 * what measures sound and what changes the machine's network.
 */
const WAITING = ['reconnect', 'hear', 'fake-device', 'network', 'proxy', 'lan'].map((name) => `${name}.e2e.ts`);

class InOrder extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    const place = ({ moduleId }: (typeof files)[number]) => WAITING.indexOf(basename(moduleId));
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    root: import.meta.dirname,
    globalSetup: './harness/global-setup.ts',
    retry: 0,
    testTimeout: 60_000,
    hookTimeout: 90_000,
    // Some of what is told comes at most once a second, and a busy machine takes its time.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
    sequence: { sequencer: InOrder },
    projects: [
      {
        extends: true,
        test: { name: 'screens', include: ['*.e2e.ts'], exclude: WAITING, sequence: { groupOrder: 0 } },
      },
      { extends: true, test: { name: 'waiting', include: WAITING, sequence: { groupOrder: 1 } } },
    ],
  },
});
