import { resolve } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { checkNode, nodePath } from './lib/node.mjs';
import { ROOT } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { runScript } from './lib/stop.mjs';

await runScript(async () => {
  checkNode();
  await ensureDependencies();
  // npm runs this in the project's folder; a file is named from where the person is.
  const from = process.env.INIT_CWD ?? process.cwd();
  const args = process.argv.slice(2).map((arg) => (arg.startsWith('-') ? arg : resolve(from, arg)));
  const { code } = await run(nodePath(), ['apps/server/src/restore-main.ts', ...args], { cwd: ROOT });
  return code;
});
