import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

const script = fileURLToPath(new URL("../../scripts/train.mjs", import.meta.url));

/** What the command left. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An event of --json. */
export interface Event {
  readonly event: string;
  readonly [key: string]: unknown;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts what `npm run -s train --` starts, with the processes that it starts in a group of their own. */
export function start(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...output }));
  });
  return { child, ended };
}

export function train(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return start(args, cwd, env).ended;
}

/** Every line of standard output; throws where one is no event. */
export function eventsOf({ stdout }: { readonly stdout: string }): Event[] {
  const lines = stdout.split("\n");
  if (lines.pop() !== "") throw new Error(`the last line of standard output is not ended: ${stdout.slice(-200)}`);
  return lines.map((line) => JSON.parse(line));
}

/** A folder for the files of a test file, which goes with it. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "descent-train-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    /** Writes a file and gives its name. */
    write(name: string, content: string | Uint8Array | object): string {
      const isPlain = typeof content === "string" || content instanceof Uint8Array;
      writeFileSync(join(folder, name), isPlain ? content : JSON.stringify(content));
      return name;
    },
  };
}
