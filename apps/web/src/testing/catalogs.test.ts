import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../..', import.meta.url));
const lingui = fileURLToPath(new URL('../../../../node_modules/.bin/lingui', import.meta.url));

function check(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(lingui, ['check', ...args], { cwd: folder, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

it('knows every sentence of the source (else: npm run extract -w apps/web)', { timeout: 60_000 }, () => {
  const { status, output } = check('sync');
  expect(output, output).not.toContain('out of sync');
  expect(status, output).toBe(0);
});

it('has every sentence in every language', { timeout: 60_000 }, () => {
  const { status, output } = check('missing', '--mode', 'catalog', '--verbose');
  expect(status, output).toBe(0);
});
