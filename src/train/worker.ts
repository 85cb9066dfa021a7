import { problemOf } from "./problem.ts";
import type { CallName, Report, Request } from "./protocol.ts";
import { Session } from "./session.ts";

// The worker owns the device: training never holds up the page.

const session = new Session(report);
session.prepare();

self.addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  const { id, call, argument } = data;
  try {
    const answer = session.calls[call] as (
      argument: unknown,
    ) => Promise<Awaited<ReturnType<(typeof session.calls)[CallName]>>>;
    report({ kind: "answer", id, result: await answer(argument) });
  } catch (error) {
    report({ kind: "refusal", id, problem: problemOf(error) });
  }
});

function report(message: Report) {
  self.postMessage(message);
}
