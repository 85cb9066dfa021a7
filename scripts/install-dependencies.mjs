import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./child-process.mjs";
import { SetupError } from "./stop.mjs";

/**
 * Installs a folder's locked dependencies with `npm ci`, unless node_modules holds just those already.
 * Needs nothing but Node and npm. Its messages go to standard error: standard output is the script's own.
 */
export async function installDependencies(folder = root) {
  requireNode();
  if (isUpToDate(folder)) return;
  console.error(`Installing the locked dependencies of ${folder} (npm ci)…`);
  // NODE_ENV=production would leave the tools out.
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  const npm = process.env.npm_execpath;
  const code = npm?.endsWith("npm-cli.js")
    ? await run(process.execPath, [npm, ...args], { cwd: folder, quiet: true })
    : await run("npm", args, { cwd: folder, quiet: true, shell: process.platform === "win32" });
  if (code !== 0) {
    throw new SetupError(
      `npm ci ended with code ${code} (its message stands above). Check the network connection, then run this again.`,
    );
  }
}

function requireNode() {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const wanted = /** @type {string} */ (engines.node).replace(">=", "");
  const [major = 0, minor = 0] = wanted.split(".").map(Number);
  const [hereMajor = 0, hereMinor = 0] = process.versions.node.split(".").map(Number);
  if (hereMajor > major || (hereMajor === major && hereMinor >= minor)) return;
  throw new SetupError(
    `Descent needs Node ${wanted} or newer; this is ${process.versions.node}. See https://nodejs.org.`,
  );
}

/**
 * True where every locked package is installed in its locked version. npm keeps a list of what it installed in
 * node_modules; optional packages (those of other systems) may be missing from it.
 * @param {string} folder
 */
export function isUpToDate(folder) {
  const installedList = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installedList)) return false;
  const installed = packagesOf(installedList);
  return Object.entries(packagesOf(join(folder, "package-lock.json"))).every(([path, locked]) => {
    const here = installed[path];
    return path === "" || (here === undefined ? locked.optional === true : here.version === locked.version);
  });
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}
