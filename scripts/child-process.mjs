import { spawn } from "node:child_process";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a command that shares this terminal and gives its exit code (128 and the signal's number where a signal ended
 * it, as shells have it; 127 where it is not there). Ctrl-C reaches the command too; this process waits for it to end.
 * What else asks this process to end (a CI job that is cancelled, a terminal that is closed) is passed on to the
 * command; with `passInterrupt` so is the signal of Ctrl-C, which a program may send to this process alone: the command
 * then has to bear it twice. With `quiet` what the command says goes to standard error.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, passInterrupt?: boolean, quiet?: boolean }} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  const { cwd = root, env = {}, shell = false, passInterrupt = false, quiet = false } = options;
  return new Promise((resolve) => {
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => child.kill(signal);
    const interrupted = passInterrupt ? passOn : () => {};
    process.on("SIGINT", interrupted);
    process.on("SIGTERM", passOn);
    process.on("SIGHUP", passOn);
    /** @type {import("node:child_process").StdioOptions} */
    const stdio = ["inherit", quiet ? process.stderr : "inherit", "inherit"];
    const child = spawn(command, args, { cwd, shell, stdio, env: { ...process.env, ...env } });
    /** @param {number} code */
    const finish = (code) => {
      process.off("SIGINT", interrupted);
      process.off("SIGTERM", passOn);
      process.off("SIGHUP", passOn);
      resolve(code);
    };
    child.on("error", () => finish(127));
    child.on("exit", (code, signal) => finish(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
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
