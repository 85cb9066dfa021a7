// The process that trains: loads src/cli as it is, TypeScript and WGSL, by Vite's module runner.
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
const { main } = await environment.runner.import("/src/cli/main.ts");
process.exitCode = await main(process.argv.slice(2));
await environment.close();
