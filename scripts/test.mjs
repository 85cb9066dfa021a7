// npm test: installs what the tests need where it is missing, then runs the unit tests (Vitest, WebGPU in Node) and the
// browser tests (Playwright, on the built page).
//   npm test -- test/ops -t matmul     what follows `--` goes to Vitest; the browser tests are left out
//   npm run test:browser -- --ui       the browser tests alone; what follows `--` goes to Playwright
import { hardwareFlags } from "./browser-flags.mjs";
import { runNode } from "./child-process.mjs";
import { chromiumAdapter, noAdapter, ownAdapter } from "./find-adapter.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { runMain, SetupError } from "./stop.mjs";

await runMain(async () => {
  await installDependencies();
  // These import packages, so they can be loaded only now.
  const { provideChromium } = await import("./install-chromium.mjs");
  const { browserHasGpu } = await import("./probe-browser.mjs");

  const chromium = await provideChromium();
  const adapter = ownAdapter() ?? chromiumAdapter(chromium);
  if (adapter === undefined) throw new SetupError(noAdapter(chromium));
  const browserGpu = !adapter.software && (await browserHasGpu(chromium.path, hardwareFlags));
  console.log(`Node: WebGPU on ${adapter.name}${adapter.software ? " (software)" : ""}.`);
  console.log(
    `Browser: ${chromium.version} (${chromium.path}), WebGPU on ${browserGpu ? "the GPU" : "SwiftShader (software)"}.\n`,
  );

  /** @param {readonly string[]} args */
  const unitTests = (args) =>
    runNode("node_modules/vitest/vitest.mjs", ["run", ...args], { ...adapter.environment, NODE_WEBGPU: adapter.name });
  /** @param {readonly string[]} args */
  const browserTests = (args) =>
    runNode("node_modules/@playwright/test/cli.js", ["test", ...args], {
      CHROMIUM: chromium.path,
      BROWSER_GPU: browserGpu ? "yes" : "",
    });

  const [first, ...rest] = process.argv.slice(2);
  if (first === "--browser") return browserTests(rest);
  if (first !== undefined) return unitTests([first, ...rest]);
  return (await unitTests([])) || (await browserTests([]));
});
