import { ensureDependencies } from './lib/dependencies.mjs';
import { checkNode, nodePath } from './lib/node.mjs';
import { ROOT } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { runScript } from './lib/stop.mjs';

await runScript(async () => {
  checkNode();
  await ensureDependencies();
  const { code } = await run(nodePath(), ['apps/server/src/claim-main.ts', ...process.argv.slice(2)], { cwd: ROOT });
  return code;
});
