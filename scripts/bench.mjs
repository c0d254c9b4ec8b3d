import { ensureDependencies } from './lib/dependencies.mjs';
import { checkNode, nodePath } from './lib/node.mjs';
import { ROOT } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { runScript } from './lib/stop.mjs';
import { ensureWebBuild } from './lib/web-build.mjs';

await runScript(async () => {
  checkNode();
  await ensureDependencies();
  const args = process.argv.slice(2);
  if (args.length > 0) await ensureWebBuild();
  const { code } = await run(nodePath(), ['apps/bench/src/main.ts', ...args], { cwd: ROOT });
  return code;
});
