import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a command that shares this terminal and gives its exit code (1 where a signal ended it, 127 where it is not
 * there). Ctrl-C reaches the command too; this process waits for it to end. What else asks this process to end (a CI
 * job that is cancelled, a terminal that is closed) is passed on to the command.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  const { cwd = root, env = {}, shell = false } = options;
  return new Promise((resolve) => {
    const waitForChild = () => {};
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => child.kill(signal);
    process.on("SIGINT", waitForChild);
    process.on("SIGTERM", passOn);
    process.on("SIGHUP", passOn);
    const child = spawn(command, args, { cwd, shell, stdio: "inherit", env: { ...process.env, ...env } });
    /** @param {number} code */
    const finish = (code) => {
      process.off("SIGINT", waitForChild);
      process.off("SIGTERM", passOn);
      process.off("SIGHUP", passOn);
      resolve(code);
    };
    child.on("error", () => finish(127));
    child.on("exit", (code) => finish(code ?? 1));
  });
}

/**
 * Runs a JavaScript file with this Node: works on every system without a shell.
 * @param {string} file relative to the repository
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function runNode(file, args, env) {
  return run(process.execPath, [file, ...args], env === undefined ? {} : { env });
}
