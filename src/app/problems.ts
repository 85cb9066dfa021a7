import type { Report } from "../train/protocol.ts";

/** What stopped a run, in a sentence for visitors, and whether another may be tried in this page. */
export interface Problem {
  readonly state: "failed" | "unsupported";
  readonly problem: string;
}

type ErrorKind = Extract<Report, { kind: "failed" }>["error"];

const browsers =
  "Chrome and Edge from version 113 have it (on some systems it must be switched on at " +
  "chrome://flags/#enable-unsafe-webgpu), Safari from version 26, Firefox from 141 on Windows and 145 on macOS.";

export const sentences = {
  noWebGpu: `This browser has no WebGPU, which Descent needs. ${browsers}`,
  insecure: "Browsers give WebGPU to secure pages only: open this page through https:// or at http://localhost.",
  notLoaded: "The part of Descent that trains could not be loaded. Check the connection and load this page again.",
} as const;

/** The problem behind an error that the worker reports. */
export function problemOf(error: ErrorKind, message: string): Problem {
  switch (error) {
    case "device-lost":
      return { state: "failed", problem: "The GPU crashed or was reset, and the training was lost with it." };
    case "out-of-memory":
      return {
        state: "failed",
        problem: "The GPU has not enough free memory. Close other tabs and programs that use it, then train again.",
      };
    case "no-webgpu":
      return {
        state: "unsupported",
        problem:
          "WebGPU finds no GPU that it can use. Update the graphics driver, switch hardware acceleration on in the " +
          `browser's settings and restart the browser, or try another browser with WebGPU. ${browsers}`,
      };
    default:
      return { state: "failed", problem: asSentence(message) };
  }
}

/** An engine's message, which starts small and ends without a full stop, as a sentence of its own. */
function asSentence(message: string): string {
  const [first = "", ...rest] = message.trim();
  const sentence = first.toUpperCase() + rest.join("");
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
