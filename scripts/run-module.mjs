// Runs the main function of a module of this repository, TypeScript and WGSL as they are, by Vite's module runner.
//   node scripts/run-module.mjs /src/cli/main.ts [argument …]
import { createRunnableDevEnvironment, resolveConfig } from "vite";
import { root } from "./child-process.mjs";

/** @type {import("vite").InlineConfig} */
const settings = {
  root,
  configFile: false,
  envDir: false,
  logLevel: "error",
  environments: {
    node: { consumer: "server", dev: { moduleRunnerTransform: true }, resolve: { external: true } },
  },
};
const environment = createRunnableDevEnvironment("node", await resolveConfig(settings, "serve"), {
  hot: false,
  runnerOptions: { hmr: false },
});
await environment.init();
const [module, ...args] = process.argv.slice(2);
const { main } = await environment.runner.import(/** @type {string} */ (module));
process.exitCode = await main(args);
await environment.close();
