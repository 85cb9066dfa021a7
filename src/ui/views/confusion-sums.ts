/** confusion[truth · classes + predicted], summed up. */
export interface ConfusionSums {
  readonly total: number;
  readonly right: number;
  /** How many samples are of each class. */
  readonly truths: readonly number[];
  /** The largest count beside the diagonal, and on it. */
  readonly mostWrong: number;
  readonly mostRight: number;
}

export function confusionSums(confusion: ArrayLike<number>, classes: number): ConfusionSums {
  const truths = new Array<number>(classes).fill(0);
  let [total, right, mostWrong, mostRight] = [0, 0, 0, 0];
  for (let cell = 0; cell < classes * classes; cell++) {
    const count = confusion[cell] as number;
    const truth = Math.floor(cell / classes);
    truths[truth] = (truths[truth] as number) + count;
    total += count;
    if (truth === cell % classes) {
      right += count;
      mostRight = Math.max(mostRight, count);
    } else mostWrong = Math.max(mostWrong, count);
  }
  return { total, right, truths, mostWrong, mostRight };
}

export interface Confusion {
  readonly truth: number;
  readonly predicted: number;
  readonly count: number;
}

/** What is taken for what, the most frequent first. */
export function worstConfusions(confusion: ArrayLike<number>, classes: number, most: number): Confusion[] {
  return Array.from({ length: classes * classes }, (_, cell) => ({
    truth: Math.floor(cell / classes),
    predicted: cell % classes,
    count: confusion[cell] as number,
  }))
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}
