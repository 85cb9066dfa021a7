// npm start: installs what is locked where it is missing, serves the page and opens the browser.
// Options after `--` go to Vite: npm start -- --port 8080
import { runNode } from "./child-process.mjs";
import { installDependencies } from "./install-dependencies.mjs";
import { runMain } from "./stop.mjs";

await runMain(async () => {
  await installDependencies();
  const args = process.argv.slice(2);
  const choosesItself = args.some((arg) => /^--(no-)?open\b/.test(arg));
  return runNode("node_modules/vite/bin/vite.js", hasScreen() && !choosesItself ? ["--open", ...args] : args);
});

function hasScreen() {
  const { CI, SSH_CONNECTION, DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME } = process.env;
  if (CI) return false;
  if (process.platform === "win32" || WSL_DISTRO_NAME) return true;
  if (process.platform === "darwin") return !SSH_CONNECTION;
  return Boolean(DISPLAY || WAYLAND_DISPLAY);
}
