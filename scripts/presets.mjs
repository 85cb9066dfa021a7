// npm run presets: trains every preset to its end, and says whether it reaches what it is made for.
//   npm run presets -- spiral-mlp lenet5     these alone
import { runNode } from "./child-process.mjs";
import { adapterEnvironment } from "./find-adapter.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { runMain } from "./stop.mjs";

await runMain(async () => {
  await installDependencies();
  const args = ["/test/presets/full.ts", ...process.argv.slice(2)];
  return runNode("scripts/run-module.mjs", args, await adapterEnvironment());
});
