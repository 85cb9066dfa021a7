import { describe, expect, test } from "vitest";
import {
  drawSeed,
  setData,
  setDataField,
  setLoss,
  setMetric,
  setOptimizer,
  setOptimizerField,
  setSchedule,
  setScheduleField,
  setStop,
  setValue,
} from "../../src/app/edits/experiment.ts";
import { fitted, targetOf } from "../../src/app/edits/fit-target.ts";
import { type Experiment, parseExperiment } from "../../src/nn/experiment.ts";
import spiral from "../../src/nn/presets/spiral-mlp.json" with { type: "json" };
import { catalogue as readCatalogue } from "../../src/train/catalogue.ts";

const catalogue = readCatalogue();
const experiment = parseExperiment(spiral);
const output = experiment.model.nodes.at(-1)?.id;

function entry<E extends { readonly kind: string }>(list: readonly E[], kind: string): E {
  const found = list.find((candidate) => candidate.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
}
const source = (kind: string) => entry(catalogue.dataSources, kind);
const optimizer = (kind: string) => entry(catalogue.optimizers, kind);
const lastNode = ({ model }: Experiment) => model.nodes.at(-1);

describe("every edit", () => {
  test.each<[string, (e: Experiment) => Experiment]>([
    ["data", (e) => setData(e, source("plane"), catalogue, output)],
    ["a field of the data", (e) => setDataField(e, "noise", 0.3, catalogue, output)],
    ["optimizer", (e) => setOptimizer(e, optimizer("nadam"), catalogue)],
    ["a field of the optimizer", (e) => setOptimizerField(e, "weightDecay", 0.1)],
    ["loss", (e) => setLoss(e, entry(catalogue.losses, "hinge"))],
    ["schedule", (e) => setSchedule(e, entry(catalogue.schedules, "oneCycle"), catalogue)],
    ["a field of the schedule", (e) => setScheduleField(e, "warmup", 7)],
    ["metrics", (e) => setMetric(e, "top3", true, catalogue)],
    ["a stop condition", (e) => setStop(e, "patience", 3)],
    ["batch size", (e) => setValue(e, "batchSize", 8)],
  ])("of %s gives an experiment that the parser takes as it is, and leaves the old one alone", (_, edit) => {
    const before = JSON.stringify(experiment);
    const after = edit(experiment);
    expect(after).not.toEqual(experiment);
    expect(parseExperiment(JSON.parse(JSON.stringify(after)))).toEqual(after);
    expect(JSON.stringify(experiment)).toBe(before);
  });

  test("that changes nothing gives the same experiment, so that there is nothing to undo", () => {
    expect(setData(experiment, source("spiral"), catalogue, output)).toBe(experiment);
    expect(setDataField(experiment, "noise", experiment.data.noise, catalogue, output)).toBe(experiment);
    expect(setOptimizer(experiment, optimizer("adam"), catalogue)).toBe(experiment);
    expect(setOptimizerField(experiment, "learningRate", experiment.optimizer.learningRate)).toBe(experiment);
    expect(setMetric(experiment, "accuracy", true, catalogue)).toBe(experiment);
    expect(setStop(experiment, "epochs", null)).toBe(experiment);
    expect(setValue(experiment, "seed", experiment.seed)).toBe(experiment);
  });
});

describe("another data source", () => {
  test("with labels too leaves loss, metrics and model alone", () => {
    const after = setData(experiment, source("shapes"), catalogue, output);
    expect(after).toEqual({ ...experiment, data: after.data });
    expect(after.data).toEqual({ kind: "shapes", samples: 10_000, validation: 0.1, noise: 0.03 });
  });

  test("with numbers takes a loss and metrics of numbers, and as many plain outputs as the data asks for", () => {
    const nodes = experiment.model.nodes.map((node) =>
      node.id === output ? { ...node, units: 2, activation: "softmax" } : node,
    );
    const after = setData({ ...experiment, model: { ...experiment.model, nodes } }, source("ridge"), catalogue, output);
    expect(after.loss).toEqual({ kind: "meanSquaredError" });
    expect(after.metrics).toEqual(["meanAbsoluteError", "r2"]);
    expect(lastNode(after)).toMatchObject({ id: output, units: "auto", activation: "linear" });
    expect(after.model.nodes.slice(0, -1)).toEqual(experiment.model.nodes.slice(0, -1));
  });

  test("and back again has the loss of labels with its default fields", () => {
    const there = setData(experiment, source("ridge"), catalogue, output);
    const back = setData(there, source("spiral"), catalogue, output);
    expect(back.loss).toEqual({ kind: "categoricalCrossentropy", smoothing: 0 });
    expect(back.metrics).toEqual(["accuracy"]);
  });

  test("does not keep a loss of either kind where the kind changes: its labels were no probabilities", () => {
    const binary = { ...experiment, loss: { kind: "binaryCrossentropy" } };
    expect(setData(binary, source("plane"), catalogue, output).loss.kind).toBe("meanSquaredError");
    expect(setData(binary, source("moons"), catalogue, output).loss.kind).toBe("binaryCrossentropy");
  });

  test("keeps the metrics that fit, and puts others in only where none is left", () => {
    const both = { ...experiment, metrics: ["accuracy", "top3"] };
    expect(setData(both, source("glyphDigits"), catalogue, output).metrics).toEqual(["accuracy", "top3"]);
    expect(setData(both, source("plane"), catalogue, output).metrics).toEqual(["meanAbsoluteError", "r2"]);
  });

  test("fits when a field turns labels into images", () => {
    const digits = setData(experiment, source("glyphDigits"), catalogue, output);
    expect(setDataField(digits, "noise", 0.1, catalogue, output).loss.kind).toBe("categoricalCrossentropy");
    expect(setDataField(digits, "target", "image", catalogue, output).loss.kind).toBe("meanSquaredError");
  });
});

describe("what is to be learned", () => {
  test.each([
    ["spiral", {}, "labels"],
    ["corpus", {}, "labels"],
    ["addition", {}, "labels"],
    ["ridge", {}, "numbers"],
    ["sineMixture", {}, "numbers"],
    ["glyphDigits", { target: "label" }, "labels"],
    ["glyphDigits", { target: "image" }, "numbers"],
    ["csvTable", { task: "regression" }, "numbers"],
    ["csvTable", { task: "classification", target: "image" }, "labels"],
    ["csvTable", { task: "auto" }, undefined],
  ])("of %s with %j is %s", (kind, fields, target) => {
    expect(targetOf({ kind, ...fields }, catalogue)).toBe(target);
  });

  test("changes nothing as long as it is not known", () => {
    const options = { outputNode: output, keepsEither: false };
    expect(fitted(experiment, undefined, catalogue, options)).toBe(experiment);
  });
});

describe("another optimizer", () => {
  test("takes its own learning rate where the old one had its own", () => {
    const usual = setOptimizerField(experiment, "learningRate", optimizer("adam").learningRate);
    expect(setOptimizer(usual, optimizer("sgd"), catalogue).optimizer.learningRate).toBe(0.01);
  });

  test("keeps a learning rate that was chosen", () => {
    const chosen = setOptimizerField(experiment, "learningRate", 0.037);
    expect(setOptimizer(chosen, optimizer("sgd"), catalogue).optimizer.learningRate).toBe(0.037);
  });

  test("keeps weight decay, clipping and the numbers that both have where they were changed, and has no others", () => {
    let changed = setOptimizerField(experiment, "weightDecay", 0.01);
    changed = setOptimizerField(changed, "clipNorm", 1);
    changed = setOptimizerField(changed, "beta1", 0.8);
    const after = setOptimizer(changed, optimizer("lion"), catalogue).optimizer;
    expect(after).toMatchObject({ weightDecay: 0.01, clipNorm: 1, beta1: 0.8, beta2: 0.99 });
    expect(after).not.toHaveProperty("epsilon");
  });
});

test("another schedule keeps the warm-up and the fields that were changed", () => {
  const warm = setScheduleField(setSchedule(experiment, entry(catalogue.schedules, "cosine"), catalogue), "warmup", 50);
  const after = setSchedule(setScheduleField(warm, "end", 0.1), entry(catalogue.schedules, "linear"), catalogue);
  expect(after.schedule).toEqual({ kind: "linear", warmup: 50, end: 0.1, steps: 0 });
});

test("metrics keep the order of the catalogue, whichever was chosen first", () => {
  const measured = setMetric({ ...experiment, metrics: ["perplexity"] }, "accuracy", true, catalogue);
  expect(measured.metrics).toEqual(["accuracy", "perplexity"]);
  expect(setMetric(measured, "perplexity", false, catalogue).metrics).toEqual(["accuracy"]);
});

test("a new seed is a whole number that is another one", () => {
  for (let seed = 0; seed < 50; seed++) {
    const drawn = drawSeed(seed);
    expect(drawn).not.toBe(seed);
    expect(parseExperiment({ ...spiral, seed: drawn }).seed).toBe(drawn);
  }
});
