import { describe, expect, test } from "vitest";
import { emptyExperiment } from "../../src/app/empty-experiment.ts";
import { decodeLink } from "../../src/app/link/decode-link.ts";
import { encodeLink } from "../../src/app/link/encode-link.ts";
import { MAX_LINK } from "../../src/app/link/limits.ts";
import { type Experiment, type NodeSpec, parseExperiment } from "../../src/nn/experiment.ts";
import { newNode } from "../../src/nn/new-node.ts";
import { base, bases, everything, parse } from "./linking.ts";
import { randomEdit, seeded } from "./random-edits.ts";

describe("a link reopens exactly the experiment", () => {
  test.each(bases)("the preset $name", async (preset) => {
    const hash = await encodeLink(preset.experiment, preset, everything);
    expect(hash).toBe(`#e=1.${preset.name}`);
    expect(await decodeLink(hash, parse)).toEqual({
      experiment: preset.experiment,
      preset: preset.name,
      hidden: [],
      note: undefined,
      runs: false,
    });
  });

  test.each(bases)("$name after 40 random edits, each of them shared", async (preset) => {
    const random = seeded(preset.name);
    let experiment: Experiment = preset.experiment;
    for (let k = 0; k < 40; k++) {
      experiment = parseExperiment(randomEdit(experiment, random));
      const hash = await encodeLink(experiment, preset, everything);
      expect((await decodeLink(hash, parse)).experiment, hash).toEqual(experiment);
    }
  });

  test("of another preset than it started from", async () => {
    for (const { experiment } of bases) {
      const hash = await encodeLink(experiment, base("digits-cnn"), everything);
      expect((await decodeLink(hash, parse)).experiment).toEqual(experiment);
    }
  });

  test("of the empty network", async () => {
    const experiment = parseExperiment(emptyExperiment);
    const hash = await encodeLink(experiment, { name: "empty", experiment }, everything);
    expect(hash).toBe("#e=1.empty");
    expect((await decodeLink(hash, parse)).experiment).toEqual(experiment);
  });

  test("with places on the canvas kept to the pixel", async () => {
    const preset = base("spiral-mlp");
    const moved = withNode(preset.experiment, "dense_1", { at: [12.4, -7.5] });
    const { experiment } = await decodeLink(await encodeLink(moved, preset, everything), parse);
    expect(experiment.model.nodes[1]?.at).toEqual([12, -7]);
    const unplaced = parseExperiment({ ...moved, model: preset.experiment.model });
    const back = await encodeLink(unplaced, { ...preset, experiment: moved }, everything);
    expect(back.length).toBeLessThan(80);
  });
});

describe("a link is small", () => {
  test("one number that differs takes less than 90 characters", async () => {
    const preset = base("digits-cnn");
    const optimizer = { ...preset.experiment.optimizer, learningRate: 0.003 };
    const hash = await encodeLink({ ...preset.experiment, optimizer }, preset, everything);
    expect(hash.length).toBeLessThan(90);
  });

  test("300 layers with places fit", async () => {
    const preset = base("spiral-mlp");
    expect((await encodeLink(deep(preset.experiment, 300), preset, everything)).length).toBeLessThan(MAX_LINK);
  });
});

describe("what a teacher adds", () => {
  const note = "Train it.\nWhat changes? <b>x</b> & 100 % + 1 #2 学习率 🎓";

  test("comes with the experiment", async () => {
    const preset = base("sine-lstm");
    const lesson = { hidden: ["library", "runs"] as const, note, runs: true };
    const hash = await encodeLink(preset.experiment, preset, everything, lesson);
    expect(hash).toMatch(/^#[!-~]+$/);
    expect(await decodeLink(hash, parse)).toMatchObject(lesson);
  });

  test("may be written by hand, without an experiment", async () => {
    const link = await decodeLink("#run=1&note=Hello+there", parse);
    expect(link).toMatchObject({ preset: "spiral-mlp", note: "Hello there", runs: true });
  });

  test("a note of 2,000 characters is the longest, whatever the characters", async () => {
    expect((await decodeLink(`#e=1.lenet5&note=${"x".repeat(2000)}`, parse)).note).toHaveLength(2000);
    const chinese = encodeURIComponent("学".repeat(1700));
    expect((await decodeLink(`#e=1.lenet5&note=${chinese}`, parse)).note).toHaveLength(1700);
  });
});

function withNode(experiment: Experiment, id: string, fields: Partial<NodeSpec>): Experiment {
  const nodes = experiment.model.nodes.map((node) => (node.id === id ? { ...node, ...fields } : node)) as NodeSpec[];
  return { ...experiment, model: { ...experiment.model, nodes } };
}

/** The experiment with so many dense layers in a row, and each in its place. */
function deep(experiment: Experiment, count: number): Experiment {
  const random = seeded("deep");
  const dense = everything.layers.find(({ kind }) => kind === "Dense");
  const nodes: NodeSpec[] = [];
  for (let k = 0; k < count; k++) {
    const at = [Math.floor(random() * 4000), Math.floor(random() * 4000)];
    nodes.push(newNode(dense as NonNullable<typeof dense>, nodes, { at, units: 8 + Math.floor(random() * 64) }));
  }
  const ids = ["input", ...nodes.map(({ id }) => id)];
  const edges = ids.slice(1).map((to, k) => ({ from: ids[k] as string, to }));
  const [input] = experiment.model.nodes as [NodeSpec];
  return parseExperiment({ ...experiment, model: { nodes: [input, ...nodes], edges } });
}
