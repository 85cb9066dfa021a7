/** 200 points in two classes, 140 of them to learn from: 7 batches an epoch, 2·8 + 8 + 8·2 + 2 = 42 parameters. */
export const tiny = {
  version: 1,
  name: "tiny",
  data: { kind: "xor", samples: 200, validation: 0.3 },
  model: {
    nodes: [
      { id: "input", layer: "Input" },
      { id: "dense_1", layer: "Dense", units: 8, activation: "tanh" },
      { id: "dense_2", layer: "Dense", units: "auto" },
    ],
    edges: [
      { from: "input", to: "dense_1" },
      { from: "dense_1", to: "dense_2" },
    ],
  },
  loss: { kind: "categoricalCrossentropy" },
  metrics: ["accuracy"],
  optimizer: { kind: "adam", learningRate: 0.01 },
  batchSize: 20,
  validateEvery: 10,
  stop: { steps: 25 },
  seed: 3,
};

/** With other layers between input and output, one after the other. */
export function withLayers(...layers: readonly object[]) {
  const nodes = [
    { id: "input", layer: "Input" },
    ...layers.map((layer, k) => ({ id: `layer_${k + 1}`, ...layer })),
    { id: "output", layer: "Dense", units: "auto" },
  ];
  const edges = nodes.slice(1).map(({ id }, k) => ({ from: nodes[k]?.id, to: id }));
  return { ...tiny, model: { nodes, edges } };
}

/** An IDX file of bytes (LeCun's format): magic 00 00 08, the rank, the sizes as big-endian 32-bit numbers, the values. */
export function idxFile(shape: readonly number[], values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  bytes.set([0, 0, 8, shape.length]);
  for (const [axis, size] of shape.entries()) new DataView(bytes.buffer).setUint32(4 + 4 * axis, size);
  bytes.set(values, 4 + 4 * shape.length);
  return bytes;
}
