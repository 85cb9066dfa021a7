// Simple classifiers that say how hard a data set is.

export interface Labelled {
  readonly inputs: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

/** The label of the sample that is nearest to the input. */
export function nearestNeighbour({ inputs, labels }: Labelled, input: readonly number[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  let label = -1;
  for (const [k, sample] of inputs.entries()) {
    let distance = 0;
    for (let i = 0; i < sample.length && distance < nearest; i++) {
      distance += ((sample[i] as number) - (input[i] as number)) ** 2;
    }
    if (distance < nearest) {
      nearest = distance;
      label = labels[k] as number;
    }
  }
  return label;
}

/** Trains a linear softmax classifier of bytes by gradient descent, one sample a step; returns what it tells. */
export function softmaxRegression({ inputs, labels }: Labelled, classes: number, epochs: number) {
  const size = inputs[0]?.length as number;
  const weights = Array.from({ length: classes }, () => new Float64Array(size + 1));
  const logitsOf = (input: readonly number[]) =>
    weights.map((row) => {
      let sum = row[size] as number;
      for (let i = 0; i < size; i++) sum += ((row[i] as number) * (input[i] as number)) / 255;
      return sum;
    });
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 0.02 / (1 + epoch / 3);
    for (const [k, input] of inputs.entries()) {
      const logits = logitsOf(input);
      const highest = Math.max(...logits);
      const powers = logits.map((logit) => Math.exp(logit - highest));
      const total = powers.reduce((sum, power) => sum + power, 0);
      for (const [label, row] of weights.entries()) {
        const step = rate * ((powers[label] as number) / total - (label === labels[k] ? 1 : 0));
        for (let i = 0; i < size; i++) row[i] = (row[i] as number) - (step * (input[i] as number)) / 255;
        row[size] = (row[size] as number) - step;
      }
    }
  }
  return (input: readonly number[]): number => {
    const logits = logitsOf(input);
    return logits.indexOf(Math.max(...logits));
  };
}

/** How many of the labels were told right, from 0 to 1. */
export function share(told: readonly number[], labels: readonly number[]): number {
  return told.filter((label, k) => label === labels[k]).length / labels.length;
}
