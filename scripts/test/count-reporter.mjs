import { writeFileSync } from 'node:fs';

/** Vitest's part in the closing line: tests counted by state; a file that could not even load is one failure. */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') counts.passed += 1;
        else if (state === 'failed') failedHere += 1;
        else counts.skipped += 1;
      }
      if (failedHere === 0 && module.state() === 'failed') failedHere = 1;
      counts.failed += failedHere;
    }
    writeFileSync(process.env.SALOTTO_TEST_COUNTS, JSON.stringify(counts));
  }
}
