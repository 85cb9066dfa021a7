import { afterEach, describe, expect, test } from "vitest";
import type { StepMetrics } from "../../../src/graph/run-options.ts";
import type { Report } from "../../../src/train/protocol.ts";
import type { ViewRequest } from "../../../src/train/view-protocol.ts";
import { Watching } from "../../../src/train/watching.ts";
import { sharedGpu } from "../../plan/open.ts";
import { advanced, small, weightBits } from "../small-run.ts";
import { type Looking, withRun } from "./looking.ts";

const gpu = sharedGpu();

/** A view of every kind that fits points in classes. */
const fitting = new Map<string, ViewRequest>([
  ["cards", { kind: "cards", subject: 0 }],
  ["plane", { kind: "plane", columns: 12, rows: 12 }],
  ["predictions", { kind: "predictions", limit: 10 }],
  ["classify", { kind: "classify", subject: 3 }],
  ["features", { kind: "features", node: "hidden", subject: 0 }],
  ["histograms", { kind: "histograms" }],
]);

const one = (id: string) => new Map([[id, fitting.get(id) as ViewRequest]]);

type ViewReport = Extract<Report, { readonly kind: "view" | "viewFailed" }>;

/** Watches, and keeps what is reported. */
class Watcher extends Watching {
  readonly reports: ViewReport[];

  constructor() {
    const reports: ViewReport[] = [];
    super((report) => {
      if (report.kind === "view" || report.kind === "viewFailed") reports.push(report);
    });
    this.reports = reports;
    watchers.push(this);
  }

  /** Once there are reports of so many different views behind the first ones. */
  async seen(count: number, behind = 0): Promise<ViewReport[]> {
    const ids = () => new Set(this.reports.slice(behind).map(({ id }) => id));
    await expect.poll(() => ids().size, { timeout: 20_000 }).toBe(count);
    return this.reports.slice(behind);
  }
}

const watchers: Watcher[] = [];
afterEach(() => {
  for (const watcher of watchers.splice(0)) watcher.leave();
});

function steps(watcher: Watcher, { trainer }: Looking, count: number): Promise<StepMetrics[]> {
  return advanced(trainer, count, { targetMs: 1, onMetrics: () => watcher.refresh() });
}

/** Trains so many steps as the session does. */
async function train(watcher: Watcher, run: Looking, count: number): Promise<void> {
  watcher.start();
  await steps(watcher, run, count);
  watcher.stop();
}

test("closing views frees their memory, and opening them does not touch the training's", () =>
  withRun(gpu(), small(), async (run) => {
    const before = gpu().liveBytes;
    const watcher = new Watcher();
    watcher.follow(run);
    watcher.watch(fitting);
    await watcher.seen(fitting.size);
    expect(gpu().liveBytes).toBeGreaterThan(before);
    watcher.watch(new Map());
    expect(gpu().liveBytes).toBe(before);
  }));

test("metrics and weights are the same bits with views open and without", async () => {
  const outcome = (requests: ReadonlyMap<string, ViewRequest>, isEnough: (steps: number, looks: number) => boolean) =>
    withRun(gpu(), small(), async (run) => {
      const watcher = new Watcher();
      watcher.follow(run);
      watcher.watch(requests);
      await watcher.seen(requests.size);
      const first = watcher.reports.length;
      const looks = () => watcher.reports.length - first;
      const rows: StepMetrics[] = [];
      watcher.start();
      while (!isEnough(rows.length, looks())) rows.push(...(await steps(watcher, run, 50)));
      watcher.leave();
      return { rows, weights: await weightBits(run.trainer) };
    });
  // A look has to wait until the training has had its share of the time.
  const watched = await outcome(fitting, (steps, looks) => steps >= 150 && looks > 0);
  const alone = await outcome(new Map(), (steps) => steps >= watched.rows.length);
  expect(watched).toEqual(alone);
});

test("a view is looked at when it is open, and again after steps, and says of which", () =>
  withRun(gpu(), small(), async (run) => {
    const watcher = new Watcher();
    watcher.watch(one("classify"));
    watcher.follow(run);
    expect(await watcher.seen(1)).toMatchObject([{ kind: "view", id: "classify", step: 3 }]);
    await train(watcher, run, 2);
    await expect.poll(() => watcher.reports.at(-1)).toMatchObject({ step: 5 });
    const { probabilities } = await run.look({ kind: "classify", subject: 3 });
    expect(watcher.reports.at(-1)).toMatchObject({ payload: { probabilities } });
  }));

test("a view that does not fit is refused with a text, and does not stop the others", () =>
  withRun(gpu(), small(), async (run) => {
    const watcher = new Watcher();
    watcher.follow(run);
    watcher.watch(new Map([["none", { kind: "filters" }], ...one("plane")]));
    const reports = await watcher.seen(2);
    expect(reports.find(({ id }) => id === "none")).toMatchObject({
      kind: "viewFailed",
      problem: { text: { en: expect.stringContaining("Conv2D"), zh: expect.stringContaining("卷积层") } },
    });
    await train(watcher, run, 1);
    await expect.poll(() => watcher.reports.at(-1)).toMatchObject({ id: "plane", step: 4 });
    expect(watcher.reports.filter(({ id }) => id === "none")).toHaveLength(1);
  }));

describe("a request", () => {
  test("that is the same keeps its view, and is not looked at again", () =>
    withRun(gpu(), small(), async (run) => {
      const watcher = new Watcher();
      watcher.follow(run);
      const request = () => new Map([["mine", { kind: "classify", subject: Float32Array.of(0.5, 0.5) } as const]]);
      watcher.watch(request());
      await watcher.seen(1);
      watcher.watch(new Map([...request(), ...one("plane")]));
      await watcher.seen(1, 1);
      expect(watcher.reports.map(({ id }) => id)).toEqual(["mine", "plane"]);
    }));

  test("for another sample is answered on the same plan, for another layer on another", () =>
    withRun(gpu(), small(), async (run) => {
      const watcher = new Watcher();
      watcher.follow(run);
      const ask = async (node: string, subject: number) => {
        const behind = watcher.reports.length;
        watcher.watch(new Map([["mine", { kind: "features", node, subject }]]));
        return (await watcher.seen(1, behind))[0];
      };
      const first = await ask("hidden", 0);
      const bytes = gpu().liveBytes;
      expect(await ask("hidden", 1)).not.toEqual(first);
      expect(gpu().liveBytes).toBe(bytes);
      expect(await ask("output", 1)).toMatchObject({ payload: { shape: [2] } });
      expect(await ask("nowhere", 1)).toMatchObject({ kind: "viewFailed" });
      expect(await ask("hidden", 0)).toEqual(first);
      expect(await ask("hidden", 1000)).toMatchObject({ kind: "viewFailed" });
    }));

  test("that changes while its view is being opened is answered by the last one", () =>
    withRun(gpu(), small(), async (run) => {
      const watcher = new Watcher();
      watcher.follow(run);
      for (const node of ["hidden", "input", "output"]) {
        watcher.watch(new Map([["mine", { kind: "features", node, subject: 0 }]]));
      }
      await expect.poll(() => watcher.reports.at(-1)).toMatchObject({ payload: { shape: [2] } });
      const { values } = await run.look({ kind: "features", node: "output", subject: 0 });
      await expect.poll(() => watcher.reports.at(-1)).toMatchObject({ payload: { values } });
    }));
});

test("a view that cannot be shown does not stand in the way of what was asked for in its place meanwhile", () =>
  withRun(gpu(), small(), async (run) => {
    const watcher = new Watcher();
    watcher.follow(run);
    for (const node of ["nowhere", "output"]) {
      watcher.watch(new Map([["mine", { kind: "features", node, subject: 0 }]]));
    }
    expect(await watcher.seen(1)).toMatchObject([{ kind: "view", payload: { shape: [2] } }]);
  }));

test("views go over to another run, while the old one is destroyed in the midst of looks", () =>
  withRun(gpu(), small(), async (old) => {
    const watcher = new Watcher();
    watcher.follow(old);
    watcher.watch(fitting);
    await watcher.seen(fitting.size);
    watcher.refresh();
    // Looks have begun, and are not over.
    await new Promise((resolve) => setTimeout(resolve, 5));
    const other = small({ seed: 9 });
    await withRun(gpu(), other, async (run) => {
      watcher.follow(run);
      old.trainer.destroy();
      const behind = watcher.reports.length;
      await watcher.seen(fitting.size, behind);
      const { probabilities } = await run.look({ kind: "classify", subject: 3 });
      const mine = watcher.reports.slice(behind).filter(({ id }) => id === "classify");
      expect(mine.at(-1)).toMatchObject({ kind: "view", payload: { probabilities } });
      watcher.leave();
    });
    expect(watcher.reports.filter(({ kind }) => kind === "viewFailed")).toEqual([]);
    expect(gpu().failure).toBeUndefined();
  }));

test("while it trains, a view is looked at every 100 ms at most, and rests three times as long as it took", () =>
  withRun(gpu(), small(), async (run) => {
    const looks: { readonly began: number; ended: number }[] = [];
    const lendWeights: typeof run.trainer.lendWeights = (to) => {
      looks.push({ began: performance.now(), ended: 0 });
      run.trainer.lendWeights(to);
    };
    const watcher = new Watching(() => {
      (looks.at(-1) as { ended: number }).ended = performance.now();
    });
    watcher.start();
    watcher.follow({ ...run, trainer: { steps: 0, lendWeights } });
    watcher.watch(one("classify"));
    const end = performance.now() + 1500;
    while (performance.now() < end) {
      watcher.refresh();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    watcher.leave();
    expect(looks.length).toBeGreaterThan(3);
    for (const [k, { began, ended }] of looks.slice(0, -2).entries()) {
      const next = (looks[k + 1] as { began: number }).began;
      // Timers may fire a little early.
      expect(next - began).toBeGreaterThan(98);
      expect(next - began).toBeGreaterThan(3.9 * (ended - began));
    }
  }));

test("a text is written to its end while nothing trains, and anew after more steps", () =>
  withRun(gpu(), small(), async (run) => {
    // Unknown data: no text. The request stays, for a run that has one.
    const watcher = new Watcher();
    watcher.watch(new Map([["mine", { kind: "text", prompt: "t", temperature: 0, length: 40, seed: 1 }]]));
    watcher.follow(run);
    expect(await watcher.seen(1)).toMatchObject([{ kind: "viewFailed" }]);
    const text = small({
      data: { kind: "corpus", part: "verse", length: 8, stride: 8 },
      model: {
        nodes: [
          { id: "input", layer: "Input" },
          { id: "embed", layer: "Embedding", features: 4 },
          { id: "output", layer: "Dense", units: "auto" },
        ],
        edges: [
          { from: "input", to: "embed" },
          { from: "embed", to: "output" },
        ],
      },
      metrics: [],
    });
    await withRun(gpu(), text, async (next) => {
      watcher.follow(next);
      const last = () => watcher.reports.at(-1);
      await expect.poll(last, { timeout: 10_000 }).toMatchObject({ step: 3, payload: { isDone: true } });
      expect(watcher.reports).toHaveLength(4);
      await train(watcher, next, 1);
      await expect.poll(last, { timeout: 10_000 }).toMatchObject({ step: 4, payload: { isDone: true } });
      watcher.leave();
    });
  }));
