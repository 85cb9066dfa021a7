// Experiments that train quickly on every machine.

/** A convolutional network on a few digits. */
export const smallConvolutional = {
  name: "small convolutional",
  data: { kind: "glyphDigits", samples: 300 },
  model: {
    nodes: [
      { id: "input", layer: "Input" },
      { id: "maxpooling2d", layer: "MaxPooling2D", poolSize: 4 },
      { id: "conv2d", layer: "Conv2D", filters: 4 },
      { id: "flatten", layer: "Flatten" },
      { id: "dense", layer: "Dense", units: 10 },
    ],
    edges: [
      { from: "input", to: "maxpooling2d" },
      { from: "maxpooling2d", to: "conv2d" },
      { from: "conv2d", to: "flatten" },
      { from: "flatten", to: "dense" },
    ],
  },
  loss: { kind: "categoricalCrossentropy" },
  metrics: ["accuracy"],
  optimizer: { kind: "adam" },
};

/** Two spirals told apart, with dropout, without end. */
export const smallSpiral = {
  name: "small spiral",
  data: { kind: "spiral", samples: 500 },
  model: {
    nodes: [
      { id: "input", layer: "Input" },
      { id: "first", layer: "Dense", units: 16, activation: "relu" },
      { id: "dropout", layer: "Dropout", rate: 0.1 },
      { id: "second", layer: "Dense", units: 16, activation: "relu" },
      { id: "last", layer: "Dense", units: "auto" },
    ],
    edges: [
      { from: "input", to: "first" },
      { from: "first", to: "dropout" },
      { from: "dropout", to: "second" },
      { from: "second", to: "last" },
    ],
  },
  loss: { kind: "categoricalCrossentropy" },
  metrics: ["accuracy"],
  optimizer: { kind: "adam", learningRate: 0.01 },
};

/** What a link changes so that nothing of the spiral's network trains. */
export const FROZEN = Object.fromEntries(["dense_1", "dense_2", "dense_3"].map((id) => [id, { frozen: true }]));
