/** The name under which links and the gallery know the experiment to start from nothing with. */
export const EMPTY = "empty";

/** Data and nothing else: for networks built by hand. Its JSON, as presets have it. */
export const emptyExperiment = {
  version: 1,
  name: "new network",
  data: { kind: "glyphDigits", samples: 6000 },
  model: { nodes: [{ id: "input", layer: "Input" }], edges: [] },
  loss: { kind: "categoricalCrossentropy" },
  metrics: ["accuracy"],
  optimizer: { kind: "adam", learningRate: 0.001 },
  batchSize: 64,
};
