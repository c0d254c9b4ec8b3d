import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scenarioNames } from './scenarios/index.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

function bench(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

test('alone it lists every scenario', async () => {
  const { code, stdout } = await bench();
  expect(code).toBe(0);
  expect(scenarioNames.map(({ name }) => name)).toContain('stage-latency');
  for (const { name, about } of scenarioNames)
    expect(stdout).toMatch(new RegExp(`^ {2}${name} +${about.slice(0, 12)}`, 'm'));
});

test('a name that there is not gets a sentence and code 2, and nothing on standard output', async () => {
  const { code, stdout, stderr } = await bench('stage-latecy', '--json');
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^There is no scenario "stage-latecy"\. There are: stage-latency, .*\.\n$/);
});
