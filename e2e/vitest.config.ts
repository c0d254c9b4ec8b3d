import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/** Mostly waiting for networks that are gone: `npm test` runs them one by one beside the screens. */
const WAITING = files('reconnect', 'network', 'proxy');
/** What measures sound: nothing else runs beside it. */
const SOUND = files('hear', 'fake-device');
/** The longest of the screens begin, so that none is left alone at the end. */
const FIRST = files('access', 'stage', 'locale');
const ORDER = [...WAITING, ...SOUND, ...FIRST];

function files(...names: string[]): string[] {
  return names.map((name) => `${name}.e2e.ts`);
}

class InOrder extends BaseSequencer {
  override async sort(specs: Parameters<BaseSequencer['sort']>[0]) {
    // Those without a place of their own come last: -1 is the largest of all then.
    const place = ({ moduleId }: (typeof specs)[number]) => ORDER.indexOf(basename(moduleId)) >>> 0;
    return (await super.sort(specs)).sort((a, b) => place(a) - place(b));
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
      { extends: true, test: { name: 'waiting', include: WAITING, maxWorkers: 1, sequence: { groupOrder: 0 } } },
      {
        extends: true,
        test: { name: 'screens', include: ['*.e2e.ts'], exclude: [...WAITING, ...SOUND], sequence: { groupOrder: 1 } },
      },
      { extends: true, test: { name: 'sound', include: SOUND, sequence: { groupOrder: 2 } } },
    ],
  },
});
