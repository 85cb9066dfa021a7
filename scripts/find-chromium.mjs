import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { SetupError } from "./stop.mjs";

/**
 * A Chromium that starts: what to launch, and what it says of itself.
 * @typedef {{ path: string, version: string }} Chromium
 */

/**
 * The first Chromium of this machine that starts: the one named by CHROMIUM, Playwright's own, then the system's.
 * Undefined where there is none. Needs the dependencies installed.
 * @returns {Promise<Chromium | undefined>}
 */
export async function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) {
    const chromium = existsSync(named) ? start(named) : undefined;
    if (chromium) return chromium;
    throw new SetupError(`CHROMIUM names ${named}, which does not start. Correct it, or unset it to have one found.`);
  }
  for (const path of [await playwrightChromium(), ...systemChromiums()]) {
    const chromium = path !== undefined && existsSync(path) ? start(path) : undefined;
    if (chromium) return chromium;
  }
  return undefined;
}

/** Where Playwright keeps the Chromium it downloads, downloaded or not; undefined on a system it has none for. */
export async function playwrightChromium() {
  const { chromium } = await import("@playwright/test");
  try {
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

function systemChromiums() {
  const { PATH = "", PROGRAMFILES, LOCALAPPDATA, HOME = "" } = process.env;
  if (process.platform === "darwin") {
    const names = ["Google Chrome", "Chromium", "Microsoft Edge"];
    const folders = ["/Applications", join(HOME, "Applications")];
    return folders.flatMap((folder) => names.map((name) => join(folder, `${name}.app/Contents/MacOS/${name}`)));
  }
  if (process.platform === "win32") {
    const names = [
      "Google/Chrome/Application/chrome.exe",
      "Chromium/Application/chrome.exe",
      "Microsoft/Edge/Application/msedge.exe",
    ];
    const folders = [PROGRAMFILES, process.env["PROGRAMFILES(X86)"], LOCALAPPDATA].filter(
      (folder) => folder !== undefined,
    );
    return folders.flatMap((folder) => names.map((name) => join(folder, name)));
  }
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
  return PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
}

/**
 * Some that are there do not start: Ubuntu's stand-in for a snap, or one whose system libraries are missing.
 * @param {string} path
 * @returns {Chromium | undefined}
 */
function start(path) {
  // On Windows Chrome opens a window instead of telling its version.
  if (process.platform === "win32") return { path, version: "Chromium" };
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 30_000 });
  const version = /^\D*[\d.]+/.exec(stdout ?? "")?.[0].trim();
  return status === 0 && version ? { path, version } : undefined;
}

/**
 * The folders where a Chromium may keep its software Vulkan driver: beside the program itself, or where its
 * distribution's start script (the `path` that was found) has it.
 * @param {Chromium} chromium
 */
export function foldersOf(chromium) {
  const packaged = [
    "/usr/lib/chromium",
    "/usr/lib64/chromium",
    "/usr/lib/chromium-browser",
    "/usr/lib64/chromium-browser",
  ];
  const snap = "/snap/chromium/current/usr/lib/chromium-browser";
  return [dirname(realpathSync(chromium.path)), ...packaged, snap, "/opt/google/chrome", "/opt/microsoft/msedge"];
}
