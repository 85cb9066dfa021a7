import { DescentError } from "../gpu/errors.ts";
import type { Progress, Report, Request } from "./protocol.ts";

// The worker owns the device: training never holds up the page. It trains the one experiment there is so far.
// The glob is empty, instead of an error, in a tree without the file.
const experiments = import.meta.glob<{ trainSpiral: () => AsyncIterable<Progress> }>("./spiral.ts");

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
    const load = experiments["./spiral.ts"];
    if (load === undefined) throw new Error("this build has nothing to train: src/train/spiral.ts is missing");
    const { trainSpiral } = await load();
    for await (const progress of trainSpiral()) {
      report({ kind: "progress", ...progress });
      while (paused)
        await new Promise<void>((resolve) => {
          resume = resolve;
        });
    }
    report({ kind: "finished" });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    report({ kind: "failed", error: error instanceof DescentError ? error.kind : "unknown", message });
  }
}

function report(message: Report) {
  self.postMessage(message);
}
