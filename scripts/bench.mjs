// npm run bench: the measurements beside other libraries, whose packages it installs in bench/ first. Builds the page
// bench/index.html and runs it in Chromium; what the page writes to its console comes here. The page ends the run by
// setting its title to "done". What follows `--` reaches the page as location.search: npm run bench -- model=mlp profile
import { fileURLToPath } from "node:url";
import { hardwareFlags, softwareFlags } from "./browser-flags.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { runMain } from "./stop.mjs";

const folder = fileURLToPath(new URL("../bench", import.meta.url));

await runMain(async () => {
  await installDependencies();
  await installDependencies(folder);
  const { provideChromium } = await import("./install-chromium.mjs");
  const { browserHasGpu } = await import("./probe-browser.mjs");
  const { build, preview } = await import("vite");
  const { chromium } = await import("@playwright/test");

  const { path, version } = await provideChromium();
  const gpu = await browserHasGpu(path, hardwareFlags);
  console.log(`${version}, WebGPU on ${gpu ? "the GPU" : "SwiftShader (software)"}`);

  const outDir = fileURLToPath(new URL("../.cache/bench", import.meta.url));
  /** @type {import("vite").InlineConfig} */
  const settings = { root: folder, configFile: false, logLevel: "warn" };
  await build({ ...settings, build: { outDir, emptyOutDir: true, target: "es2023", chunkSizeWarningLimit: 10_000 } });
  const server = await preview({ ...settings, build: { outDir }, preview: { host: "localhost", port: 0 } });
  const browser = await chromium.launch({ executablePath: path, args: gpu ? hardwareFlags : softwareFlags });
  try {
    const page = await browser.newPage();
    page.on("console", (message) => console.log(message.text()));
    const crashed = new Promise((_, reject) => page.on("pageerror", reject).on("crash", reject));
    await page.goto(`${server.resolvedUrls?.local[0]}?${process.argv.slice(2).join("&")}`);
    await Promise.race([crashed, page.waitForFunction(() => document.title === "done", undefined, { timeout: 0 })]);
    return 0;
  } finally {
    await browser.close();
    await server.close();
  }
});
