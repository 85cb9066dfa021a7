/** How well predicted numbers agree with true ones. */
export interface RegressionFit {
  /** The share of the variance that is explained; NaN where the true numbers are all the same. */
  readonly r2: number;
  readonly rootMeanSquare: number;
  readonly meanAbsolute: number;
}

export function regressionFit(truths: ArrayLike<number>, predictions: ArrayLike<number>): RegressionFit {
  const count = truths.length;
  let mean = 0;
  for (let k = 0; k < count; k++) mean += (truths[k] as number) / count;
  let [variance, squares, sizes] = [0, 0, 0];
  for (let k = 0; k < count; k++) {
    const off = (predictions[k] as number) - (truths[k] as number);
    variance += ((truths[k] as number) - mean) ** 2;
    squares += off ** 2;
    sizes += Math.abs(off);
  }
  return {
    r2: variance > 0 ? 1 - squares / variance : Number.NaN,
    rootMeanSquare: Math.sqrt(squares / count),
    meanAbsolute: sizes / count,
  };
}
