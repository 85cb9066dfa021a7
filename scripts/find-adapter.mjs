import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium, foldersOf } from "./find-chromium.mjs";
import { SetupError } from "./stop.mjs";

/**
 * A WebGPU adapter for Node: its name, whether it is software, and the environment a process must start with to get it.
 * @typedef {{ name: string, software: boolean, environment: Record<string, string> }} NodeAdapter
 */

/**
 * The adapter Node has by itself: a GPU, or whatever Vulkan driver the system or VK_ICD_FILENAMES names.
 * @returns {NodeAdapter | undefined}
 */
export function ownAdapter() {
  return probe({});
}

/**
 * SwiftShader, the software Vulkan driver that comes with every Chromium for Linux. (macOS and Windows have an adapter
 * of their own on every machine.)
 * @param {import("./find-chromium.mjs").Chromium} chromium
 * @returns {NodeAdapter | undefined}
 */
export function chromiumAdapter(chromium) {
  for (const folder of foldersOf(chromium)) {
    const driver = join(folder, "vk_swiftshader_icd.json");
    if (!existsSync(driver)) continue;
    // The Vulkan loader, libvulkan.so.1, lies in the same folder; a system without a GPU often has none.
    const libraries = [process.env.LD_LIBRARY_PATH, folder].filter(Boolean).join(delimiter);
    const adapter = probe({ VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: libraries });
    if (adapter) return adapter;
  }
  return undefined;
}

/** What a process must start with to get an adapter; throws a SetupError with the cure where there is none. */
export async function adapterEnvironment() {
  const own = ownAdapter();
  if (own !== undefined) return own.environment;
  const chromium = await findChromium();
  const adapter = chromium && chromiumAdapter(chromium);
  if (adapter === undefined) throw new SetupError(noAdapter(chromium));
  return adapter.environment;
}

/**
 * What to do where there is none.
 * @param {import("./find-chromium.mjs").Chromium | undefined} chromium
 */
export function noAdapter(chromium) {
  const driver =
    chromium === undefined ? "no Chromium with a software driver" : `no vk_swiftshader_icd.json near ${chromium.path}`;
  return `Node found no WebGPU adapter: no GPU with a Vulkan driver, and ${driver}.
Do one of these, then run this again:
- npx playwright install chromium: Playwright's has the software driver beside it;
- install Mesa's Vulkan drivers of version 24 or newer (on Debian 13: sudo apt-get install mesa-vulkan-drivers libvulkan1);
- set VK_ICD_FILENAMES to the .json file of another Vulkan driver.`;
}

/**
 * @param {Record<string, string>} environment
 * @returns {NodeAdapter | undefined}
 */
function probe(environment) {
  const script = fileURLToPath(new URL("probe-adapter.mjs", import.meta.url));
  const env = { ...process.env, ...environment };
  const { stdout } = spawnSync(process.execPath, [script], { encoding: "utf8", timeout: 60_000, env });
  const adapter = lastLine(stdout);
  return adapter === "" || adapter === "null" ? undefined : { ...JSON.parse(adapter), environment };
}

/** A crash of the driver leaves nothing, a driver's own messages may come before. @param {string | null} output */
function lastLine(output) {
  return output?.trim().split("\n").at(-1) ?? "";
}
