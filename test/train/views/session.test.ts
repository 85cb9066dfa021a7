import { expect, test } from "vitest";
import { gpuBackend } from "../../../src/train/gpu-backend.ts";
import type { Report } from "../../../src/train/protocol.ts";
import { Session } from "../../../src/train/session.ts";
import { sharedGpu } from "../../plan/open.ts";
import { small } from "../small-run.ts";

const gpu = sharedGpu();

test("the session shows its views after opening, steps, training, rewinding and opening another experiment", async () => {
  const views: Extract<Report, { readonly kind: "view" }>[] = [];
  const session = new Session(
    (report) => {
      if (report.kind === "view") views.push(report);
      if (report.kind === "failed" || report.kind === "viewFailed") throw new Error(report.problem.text.en);
    },
    async () => gpuBackend(gpu()),
  );
  const { open, watch, step, train, pause, rewind } = session.calls;
  const shows = (last: object) => expect.poll(() => views.at(-1), { timeout: 10_000 }).toMatchObject(last);

  await watch(new Map([["mine", { kind: "plane", columns: 3, rows: 3 }]]));
  await open({ experiment: small(), options: { inherit: "nothing" } });
  await shows({ id: "mine", step: 0 });
  const first = views.at(-1)?.payload;
  await step(2);
  await shows({ step: 2 });
  const before = views.length;
  await train(undefined);
  await expect.poll(() => views.length, { timeout: 10_000 }).toBeGreaterThan(before + 1);
  await pause(undefined);
  await new Promise((resolve) => setTimeout(resolve, 400));
  const paused = views.length;
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(views.length).toBe(paused);
  await rewind(undefined);
  await shows({ step: 0, payload: first });
  const data = { kind: "ridge", samples: 100 };
  const ridge = small({ data, loss: { kind: "meanSquaredError" }, metrics: [] });
  await open({ experiment: ridge, options: { inherit: "nothing" } });
  await shows({ payload: { outputs: 1 } });
  await watch(new Map());
  expect(gpu().failure).toBeUndefined();
});
