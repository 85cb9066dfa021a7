import { DescentError } from "../gpu/errors.ts";
import type { Report, Request } from "./protocol.ts";
import { trainSpiral } from "./spiral.ts";

// The worker owns the device: training never holds up the page. It trains the one experiment there is so far.

let started = false;
let paused = false;
let resume = () => {};

self.addEventListener("message", ({ data }: MessageEvent<Request>) => {
  paused = data.kind === "pause";
  if (paused) return;
  resume();
  if (!started) void train();
});

/** Trains to the end. Nothing more is submitted while paused, as the next progress is not asked for. */
async function train() {
  started = true;
  try {
    for await (const progress of trainSpiral(fail)) {
      report({ kind: "progress", ...progress });
      while (paused)
        await new Promise<void>((resolve) => {
          resume = resolve;
        });
    }
    report({ kind: "finished" });
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown) {
  const message = error instanceof Error ? error.message : String(error);
  report({ kind: "failed", error: error instanceof DescentError ? error.kind : "unknown", message });
}

function report(message: Report) {
  self.postMessage(message);
}
