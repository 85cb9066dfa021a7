import { expect, test } from "vitest";
import type { Backend } from "../../../src/train/backend.ts";
import { cpuBackend } from "../../../src/train/cpu-backend.ts";
import { gpuBackend } from "../../../src/train/gpu-backend.ts";
import { loadDataset } from "../../../src/train/load-dataset.ts";
import { Trainer } from "../../../src/train/trainer.ts";
import type { ViewKind, ViewPayload, ViewRequest } from "../../../src/train/view-protocol.ts";
import { openView } from "../../../src/train/views.ts";
import { sharedGpu } from "../../plan/open.ts";
import { chain, small } from "../small-run.ts";
import { distance, NEAR } from "./looking.ts";

const gpu = sharedGpu();

/** One look at a run before its first step. */
async function lookOn<K extends ViewKind>(
  backend: Backend,
  experiment: ReturnType<typeof small>,
  request: ViewRequest<K>,
): Promise<ViewPayload<K>> {
  const dataset = await loadDataset(experiment);
  const trainer = await Trainer.create(backend, experiment, dataset);
  const view = await openView({ backend, experiment, dataset, trainer }, request);
  try {
    return await view.look();
  } finally {
    view.destroy();
    trainer.destroy();
  }
}

async function onBoth<K extends ViewKind>(experiment: ReturnType<typeof small>, request: ViewRequest<K>) {
  return [
    await lookOn(cpuBackend(), experiment, request),
    await lookOn(gpuBackend(gpu()), experiment, request),
  ] as const;
}

const addition = small({
  data: { kind: "addition", samples: 50, digits: 1 },
  model: chain(
    { id: "embed", layer: "Embedding", features: 4 },
    { id: "attend", layer: "MultiHeadAttention", heads: 2 },
    { id: "rnn", layer: "GRU", units: 3, returns: "sequence" },
  ),
});

test("without a GPU the same is to be seen: the plane, predictions and cards of points", async () => {
  const [plane, other] = await onBoth(small(), { kind: "plane", columns: 4, rows: 4 });
  expect(distance(plane.values, other.values)).toBeLessThan(NEAR);
  const [seen, expected] = await onBoth(small(), { kind: "predictions", limit: 30 });
  expect(seen.confusion).toEqual(expected.confusion);
  expect(seen.samples.map(({ sample }) => sample)).toEqual(expected.samples.map(({ sample }) => sample));
  const [{ pictures }, { pictures: others }] = await onBoth(small(), { kind: "cards", subject: 0 });
  for (const [node, { values }] of pictures) {
    expect(distance(values, others.get(node)?.values ?? [])).toBeLessThan(NEAR);
  }
});

test("without a GPU the same is to be seen: attention, states and answers of sequences", async () => {
  for (const request of [
    { kind: "attention", node: "attend", subject: 0 },
    { kind: "states", node: "rnn", subject: 0 },
  ] as const) {
    const [seen, expected] = await onBoth(addition, request);
    expect(distance(seen.values, expected.values)).toBeLessThan(NEAR);
    expect(seen.tokens).toEqual(expected.tokens);
  }
  const [seen, expected] = await onBoth(addition, { kind: "answers", count: 4 });
  expect(seen).toEqual(expected);
});

test("without a GPU the same is to be seen: a text, and histograms", async () => {
  const text = small({
    data: { kind: "corpus", part: "verse", length: 6, stride: 6 },
    model: chain({ id: "embed", layer: "Embedding", features: 4 }),
    metrics: [],
  });
  const [written, expected] = await onBoth(text, {
    kind: "text",
    prompt: "the",
    temperature: 0.5,
    length: 12,
    seed: 7,
  });
  expect(written).toEqual(expected);
  const [seen, others] = await onBoth(small(), { kind: "histograms" });
  for (const [k, { activations, gradients }] of seen.layers.entries()) {
    expect(activations?.mean).toBeCloseTo(others.layers[k]?.activations?.mean as number, 4);
    expect(gradients?.deviation).toBeCloseTo(others.layers[k]?.gradients?.deviation as number, 4);
  }
});
