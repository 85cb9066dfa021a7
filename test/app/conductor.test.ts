import { describe, expect, test } from "vitest";
import { renameNode } from "../../src/app/edits/nodes.ts";
import type { Experiment } from "../../src/nn/experiment.ts";
import { chain, type NodeSettings, small } from "../train/small-run.ts";
import { createInProcess } from "./in-process.ts";

const withLayers = (...layers: NodeSettings[]) => small({ model: chain(...layers) });
const hidden = { id: "hidden", layer: "Dense", units: 8, activation: "tanh" };

/** An experiment that is open and stands before its first step. */
async function opened(experiment: Experiment = small()) {
  const page = createInProcess();
  page.experiments.open(experiment, undefined);
  const { run: begun } = await page.until(({ status, validation }) => status === "ready" && validation !== undefined);
  return { ...page, begun };
}

function rate(learningRate: number) {
  return (experiment: Experiment): Experiment => ({
    ...experiment,
    optimizer: { ...experiment.optimizer, learningRate },
  });
}

describe("the conductor", () => {
  test("opens an experiment and tells its shapes, its bytes and its loss before the first step", async () => {
    const { run } = await opened();
    const { draft, opened: made, loss, step, series } = run.getState();
    expect(draft?.nodes.get("hidden")).toMatchObject({ shape: [8], parameters: 24 });
    expect(made?.summary.peakBytes).toBeGreaterThan(0);
    // Two classes, told apart by chance.
    expect(loss).toBeGreaterThan(0.3);
    expect(step).toBe(0);
    expect(series.latest("validation").loss).toBeCloseTo(loss as number, 6);
  });

  test("trains, pauses where it stands, and goes on from there", async () => {
    const { conductor, run, until } = await opened();
    await conductor.toggle();
    await until(({ step }) => step >= 20);
    await conductor.toggle();
    expect(run.getState().status).toBe("paused");
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { step } = run.getState();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(run.getState().step).toBe(step);
    await conductor.toggle();
    await until((state) => state.step > step);
    await conductor.pause();
  });

  test("does as many single steps as were asked for, however quickly", async () => {
    const { conductor, run, until } = await opened();
    await Promise.all([conductor.step(), conductor.step(), conductor.step(), conductor.step()]);
    await until(({ step }) => step >= 4);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(run.getState().step).toBe(4);
    expect(run.getState().status).toBe("paused");
  });

  test("trains on where that is asked for while single steps are under way", async () => {
    const { conductor, run, until } = await opened();
    await Promise.all([conductor.step(), conductor.step(), conductor.step(), conductor.train()]);
    const { step } = run.getState();
    await until((state) => state.step > step + 10);
    expect(run.getState().status).toBe("training");
    await conductor.pause();
  });

  test("stands before the first step after a rewind, though the run came to its end meanwhile", async () => {
    const { conductor, run } = await opened();
    const rewinding = conductor.rewind();
    conductor.receive({ kind: "finished", step: 30 });
    await rewinding;
    expect(run.getState()).toMatchObject({ step: 0, status: "ready" });
  });

  test("rewinds to the same weights: the same losses once more, as another run", async () => {
    const { conductor, run, until } = await opened(small({ stop: { steps: 30 } }));
    await conductor.train();
    await until(({ status }) => status === "finished");
    const first = run.getState();
    await conductor.rewind();
    expect(run.getState()).toMatchObject({ step: 0, status: "ready", run: first.run + 1 });
    await conductor.train();
    await until(({ status }) => status === "finished");
    const losses = run.getState().series.columns("training", "loss")?.values;
    expect(losses?.length).toBe(30);
    expect(losses).toEqual(first.series.columns("training", "loss")?.values);
  });

  test("changes the learning rate while it trains, without a reset", async () => {
    const { conductor, experiments, run, until } = await opened();
    await conductor.train();
    await until(({ step }) => step >= 10);
    const { run: number, series } = run.getState();
    experiments.edit(rate(0.0001));
    await until(({ metrics }) => Math.abs((metrics.learningRate ?? 0) - 0.0001) < 1e-9);
    const after = run.getState();
    await conductor.pause();
    expect(after).toMatchObject({ run: number, status: "training" });
    expect(after.series).toBe(series);
    const steps = series.columns("training", "loss")?.steps ?? [];
    expect([...steps]).toEqual(Array.from(steps, (_, k) => k + 1));
  });

  test.each([
    ["another seed", (experiment: Experiment) => ({ ...experiment, seed: 99 })],
    ["other data", (experiment: Experiment) => ({ ...experiment, data: { ...experiment.data, noise: 0.3 } })],
  ])("Train pressed just after an edit (%s) trains what was edited, and nothing before", async (_name, edit) => {
    const { conductor, experiments, run, runs, until } = await opened(small({ stop: { steps: 30 } }));
    experiments.edit(edit);
    await conductor.train();
    await until(({ status }) => status === "finished");
    expect([...(run.getState().series.columns("training", "loss")?.steps ?? [])]).toHaveLength(30);
    expect(runs.getState().runs.map(({ first }) => first)).toEqual([experiments.getState().experiment]);
  });

  test("Step pressed just after an edit does its step on what was edited", async () => {
    const { conductor, experiments, run, runs, until } = await opened();
    experiments.edit((experiment) => ({ ...experiment, seed: 99 }));
    await conductor.step();
    await until(({ step }) => step === 1);
    expect(run.getState().status).toBe("paused");
    expect(runs.getState().runs.map(({ first }) => first)).toEqual([experiments.getState().experiment]);
  });

  test("another optimizer goes on with the same run, from the same step", async () => {
    const { conductor, experiments, run, until } = await opened();
    await conductor.train();
    await until(({ step }) => step >= 10);
    const { run: number } = run.getState();
    experiments.edit((experiment) => ({ ...experiment, optimizer: { ...experiment.optimizer, kind: "adamw" } }));
    const reopened = await until(({ opened: made }) => (made?.step ?? 0) > 0);
    const from = reopened.opened?.step as number;
    await until(({ status, step }) => status === "training" && step > from);
    await conductor.pause();
    expect(run.getState().run).toBe(number);
    const steps = run.getState().series.columns("training", "loss")?.steps ?? [];
    expect([...steps]).toEqual(Array.from(steps, (_, k) => k + 1));
  });

  test("another model keeps the weights that fit, says which, and trains on as a new run", async () => {
    const { conductor, experiments, run, until } = await opened(withLayers(hidden));
    await conductor.train();
    await until(({ step }) => step >= 10);
    const { run: number } = run.getState();
    experiments.edit((experiment) => ({
      ...experiment,
      model: withLayers(hidden, { id: "more", layer: "Dense", units: 4 }).model,
    }));
    await until((state) => state.run > number && state.status === "training" && state.step > 0);
    await conductor.pause();
    expect(run.getState().opened).toMatchObject({
      kept: ["hidden.kernel", "hidden.bias"],
      begun: ["more.kernel", "more.bias", "output.kernel", "output.bias"],
      step: 0,
    });
    expect(run.getState().notice).toMatchObject({ kind: "kept", kept: ["hidden.kernel", "hidden.bias"] });
  });

  test("a layer that is renamed goes on with what it has learned: the same losses as without", async () => {
    const experiment = withLayers(hidden, { id: "more", layer: "Dense", units: 4 });
    const lossesOf = async (edit: (page: Awaited<ReturnType<typeof opened>>) => Promise<unknown>) => {
      const page = await opened({ ...experiment, stop: { ...experiment.stop, steps: 60 } });
      await page.conductor.step();
      await page.until(({ step }) => step === 1);
      await edit(page);
      await page.conductor.train();
      const { run, series } = await page.until(({ status }) => status === "finished");
      expect(run).toBe(page.begun);
      return [...(series.columns("training", "loss")?.values ?? [])];
    };
    const renamed = await lossesOf(async ({ experiments, until, run }) => {
      const { opened: before } = run.getState();
      experiments.edit((present) => renameNode(present, "hidden", "first"));
      const { opened: after } = await until((state) => state.opened !== before);
      expect(after?.step).toBe(1);
    });
    expect(renamed).toHaveLength(60);
    expect(renamed).toEqual(await lossesOf(async () => undefined));
  });

  test("a model that cannot be built stops training, says why at the node, and goes on once it is repaired", async () => {
    const { conductor, experiments, run, until } = await opened(withLayers(hidden));
    await conductor.train();
    await until(({ step }) => step >= 5);
    const valid = experiments.getState().experiment as Experiment;
    const conv = withLayers(hidden, { id: "conv", layer: "Conv2D", filters: 2 }).model;
    experiments.edit((experiment) => ({ ...experiment, model: conv }));
    const broken = await until(({ status }) => status === "invalid");
    expect([...(broken.draft?.problems.keys() ?? [])]).toEqual(["conv"]);
    expect(broken.draft?.problems.get("conv")?.text.zh).toMatch(/\p{Script=Han}/u);
    await new Promise((resolve) => setTimeout(resolve, 200)); // what was under way comes back
    const { step } = run.getState();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(run.getState().step).toBe(step);
    experiments.undo();
    expect(experiments.getState().experiment).toBe(valid);
    await until((state) => state.status === "training" && state.step > step);
    await conductor.pause();
  });

  test("an edit that breaks the model while it is still being opened is told, and undone leaves nothing behind", async () => {
    const { engine, experiments, run, until } = createInProcess();
    const opening = new Promise<void>((resolve) => {
      const call = engine.call.bind(engine);
      engine.call = ((name, ...rest) => {
        if (name === "open") setTimeout(resolve);
        return call(name, ...rest);
      }) as typeof engine.call;
    });
    experiments.open(withLayers(hidden), undefined);
    await opening;
    const conv = withLayers(hidden, { id: "conv", layer: "Conv2D", filters: 2 }).model;
    experiments.edit((experiment) => ({ ...experiment, model: conv }));
    await until(({ status }) => status === "invalid");
    await until(({ opened: made }) => made !== undefined);
    expect(run.getState().status).toBe("invalid");
    experiments.undo();
    await until(({ status }) => status === "ready");
    expect(run.getState().draft?.problems.size).toBe(0);
  });

  test("an experiment put in place of one that trains stands at its beginning, and keeps nothing of it", async () => {
    const { conductor, experiments, run, until } = await opened(small());
    await conductor.train();
    await until(({ step }) => step >= 5);
    experiments.open(small({ name: "another", batchSize: 7 }), undefined);
    await until(({ status, validation }) => status === "ready" && validation !== undefined);
    expect(run.getState()).toMatchObject({ step: 0, opened: { step: 0 } });
    expect(run.getState().opened?.kept).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(run.getState().step).toBe(0);
  });

  test("beside an experiment that cannot be opened nothing stands of the one before", async () => {
    const { conductor, experiments, run, runs, until } = await opened(small());
    await conductor.train();
    await until(({ step }) => step >= 5);
    const { device } = run.getState();
    experiments.open(withLayers(hidden, { id: "conv", layer: "Conv2D", filters: 2 }), undefined);
    await until((state) => state.status === "invalid" && state.opened === undefined);
    await new Promise((resolve) => setTimeout(resolve, 200)); // what was under way comes back
    expect(run.getState()).toMatchObject({ step: 0, loss: undefined, metrics: {}, validation: undefined, device });
    expect(run.getState().series.lastStep).toBe(0);
    expect(runs.getState().present).toBeUndefined();
    expect(runs.getState().runs.map(({ slot }) => slot)).toEqual([undefined]);
    experiments.edit(() => withLayers(hidden));
    await until(({ status, validation }) => status === "ready" && validation !== undefined);
  });

  test("training that begins right after an edit goes on once the edit is open", async () => {
    const { conductor, experiments, run, until } = await opened();
    experiments.edit((experiment) => ({ ...experiment, batchSize: 5 }));
    await conductor.train();
    const { opened: before } = run.getState();
    await until((state) => state.opened !== before && state.status === "training" && state.step >= 5);
    expect(run.getState().resumes).toBe(false);
    const { opened: after } = run.getState();
    experiments.edit((experiment) => ({ ...experiment, batchSize: 6 }));
    experiments.undo();
    await new Promise((resolve) => setTimeout(resolve, 400)); // edits settle
    await until(({ status, resumes }) => status === "training" && !resumes);
    // What was edited and taken back was never opened.
    expect(run.getState().opened).toBe(after);
    await conductor.pause();
  });

  test("a run that comes to its end while an edit is being opened does not go on by itself", async () => {
    const { conductor, experiments, run, until } = await opened();
    await conductor.train();
    await until(({ step }) => step >= 5);
    experiments.edit((experiment) => ({ ...experiment, batchSize: 6 }));
    conductor.receive({ kind: "finished", step: run.getState().step });
    const { opened: before } = run.getState();
    await until((state) => state.opened !== before && state.status === "paused");
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(run.getState()).toMatchObject({ status: "paused", resumes: false });
  });

  test("what is known of a step that the run was put back to is of that step", async () => {
    const { conductor, run, until } = await opened();
    await conductor.train();
    await until(({ step }) => step >= 20);
    await conductor.pause();
    await new Promise((resolve) => setTimeout(resolve, 200)); // the steps under way come back
    const { series } = run.getState();
    const at = (name: string) => series.columns("training", name)?.values[9] as number;
    const expected = { loss: at("loss"), accuracy: at("accuracy") };
    conductor.receive({ kind: "returned", step: 10, cause: "diverged" });
    expect(run.getState()).toMatchObject({ step: 10, loss: expected.loss, metrics: expected });
    conductor.receive({ kind: "returned", step: 0, cause: "diverged" });
    const first = series.latest("validation");
    expect(run.getState()).toMatchObject({ step: 0, loss: first.loss, metrics: {}, validation: first });
  });

  test("no layer is blamed for data that cannot be had", async () => {
    const page = createInProcess();
    page.experiments.open(small({ data: { kind: "waveforms" } }), undefined);
    const misfit = await page.until(({ status }) => status === "invalid");
    expect(misfit.draft?.problems.size).toBe(1);
    page.experiments.edit((experiment) => ({ ...experiment, data: small({ data: { kind: "csvTable" } }).data }));
    const { draft, problem } = await page.until((state) => state.problem?.kind === "data");
    expect(problem?.text.en).toMatch(/no file is given/);
    expect(draft?.problems.size).toBe(0);
  });

  test("files given while others are being opened are those that it trains on", async () => {
    const table = (rows: number, more: number) =>
      ["a,b,label", ...Array.from({ length: rows }, (_, k) => `${k},${k + more},${k % 2 ? "x" : "y"}`)].join("\n");
    const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
    const page = createInProcess();
    page.experiments.open(small({ data: { kind: "csvTable" }, batchSize: 5 }), undefined);
    await page.until(({ status }) => status === "invalid");
    // The first files are open in the engine, and the page does not know it yet.
    const call = page.engine.call.bind(page.engine);
    let tell = () => {};
    const isTold = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const isOpen = new Promise<void>((resolve) => {
      page.engine.call = (async (name, ...rest) => {
        const answer = await call(name, ...rest);
        if (name !== "open") return answer;
        resolve();
        await isTold;
        return answer;
      }) as typeof page.engine.call;
    });
    page.conductor.useFiles([file("first.csv", table(40, 0))]);
    await isOpen;
    const second = page.conductor.useFiles([file("second.csv", table(80, 1))]);
    await page.until(({ draft }) => (draft?.data.trainingSamples ?? 0) > 40);
    tell();
    await second;
    const { status, opened: made } = page.run.getState();
    expect(status).toBe("ready");
    expect(made?.data.trainingSamples).toBeGreaterThan(40);
  });

  test("edits that follow one another quickly are opened once, the last one", async () => {
    const { engine, experiments, run, until } = await opened(withLayers(hidden));
    let opens = 0;
    const call = engine.call.bind(engine);
    engine.call = ((name, ...rest) => {
      if (name === "open") opens++;
      return call(name, ...rest);
    }) as typeof engine.call;
    const { run: number } = run.getState();
    for (const units of [9, 10, 11, 12]) {
      experiments.edit((experiment) => ({ ...experiment, model: withLayers({ ...hidden, units }).model }));
    }
    await until((state) => state.run > number && state.status === "ready");
    expect(opens).toBe(1);
    expect(run.getState().draft?.nodes.get("hidden")?.shape).toEqual([12]);
  });

  test("a diverging run fails with the layer and a lower rate, and trains on once the rate is lower", async () => {
    const { conductor, experiments, run, until } = await opened(
      small({ optimizer: { kind: "sgd", learningRate: 1e9 }, model: chain({ ...hidden, activation: "linear" }) }),
    );
    await conductor.train();
    const { problem } = await until(({ status }) => status === "failed");
    expect(problem?.kind).toBe("diverged");
    expect(problem?.repairs[0]).toMatchObject({ kind: "setOptimizer", field: "learningRate" });
    experiments.edit(rate(0.01));
    await conductor.train();
    const { step } = run.getState();
    await until((state) => state.step > step + 5);
    await conductor.pause();
    expect(run.getState().problem).toBeUndefined();
  });
});
