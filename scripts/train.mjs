// npm run train: trains an experiment in the terminal. Installs what is locked where it is missing, finds the GPU or a
// software driver for Node, and runs src/cli in a process of its own, as the driver is chosen by the environment that a
// process starts with. Standard output holds nothing but what src/cli writes there.
//   npm run -s train -- digits-cnn --steps 500 --json
import { join } from "node:path";
import { root, run } from "./child-process.mjs";
import { adapterEnvironment } from "./find-adapter.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { runMain } from "./stop.mjs";

await runMain(async () => {
  await installDependencies();
  const args = process.argv.slice(2);
  const readsOnly = args.some((arg) => ["--help", "-h", "--list"].includes(arg));
  const env = readsOnly ? {} : await adapterEnvironment();
  return run(process.execPath, [join(root, "scripts/run-module.mjs"), "/src/cli/main.ts", ...args], {
    cwd: folder(),
    env,
    passInterrupt: true,
  });
});

/** Where the reader stands, to whom the paths in the command belong: npm goes to the repository first. */
function folder() {
  const { npm_lifecycle_event, INIT_CWD } = process.env;
  return npm_lifecycle_event === "train" && INIT_CWD ? INIT_CWD : process.cwd();
}
