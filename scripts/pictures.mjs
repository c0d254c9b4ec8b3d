import { ensureDependencies } from './lib/dependencies.mjs';
import { checkNode, nodePath } from './lib/node.mjs';
import { ROOT } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { runScript } from './lib/stop.mjs';
import { ensureWebBuild } from './lib/web-build.mjs';

// Makes docs/pictures from a demo server of its own.
await runScript(async () => {
  checkNode();
  await ensureDependencies();
  await ensureWebBuild();
  const { code } = await run(nodePath(), ['e2e/pictures.ts'], { cwd: ROOT });
  return code;
});
