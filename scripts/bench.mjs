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
  // Otherwise the robots' WebRTC library writes its debugging lines to standard output, among the figures.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { code } = await run(nodePath(), ['apps/bench/src/main.ts', ...args], { cwd: ROOT, env });
  return code;
});
