import type { Contestant, Training } from "./contestant.ts";
import { type Calls, countCalls } from "./count-calls.ts";
import { descent } from "./descent.ts";
import { markdown } from "./markdown.ts";
import type { Network } from "./networks.ts";
import { tensorflow } from "./tensorflow.ts";

/** The machine is never quiet: each library's figure is the median of its rounds, which alternate. */
const ROUNDS = 3;
/** Time that one round of one library should take. */
const ROUND_MS = 3000;
/** How often JavaScript is timed. */
const SCRIPTS = 6;

export interface Measured extends Calls {
  readonly stepsPerRound: number;
  readonly msPerStep: number;
  /** Microseconds of JavaScript a dispatch, steps together; a mean, because the page's clock ticks only every 100. */
  readonly scriptUsPerDispatch: number;
  readonly losses: readonly [number, number];
}

export interface Comparison {
  readonly network: string;
  readonly parameters: number;
  readonly ours: Measured;
  readonly theirs: Measured;
}

/** Trains a network in both libraries by turns. Throws where they do not train the same thing, or one does not learn. */
export async function compare(network: Network): Promise<Comparison> {
  const ours = await descent(network);
  const theirs = await tensorflow(network);
  if (ours.parameters !== theirs.parameters) {
    throw new Error(`${network.name}: ${ours.parameters} parameters here, ${theirs.parameters} in TensorFlow.js`);
  }
  try {
    const trials = [await prepare(ours, 10), await prepare(theirs, 2)];
    for (let round = 0; round < ROUNDS; round++) for (const trial of trials) await trial.measure();
    const [first, second] = trials.map((trial) => trial.result(network.name)) as [Measured, Measured];
    return { network: network.name, parameters: ours.parameters, ours: first, theirs: second };
  } finally {
    ours.destroy();
    theirs.destroy();
  }
}

/** Warms a contestant up, counts its calls, times its JavaScript and finds out how many steps make a round. */
async function prepare(contestant: Contestant, few: number) {
  const start = (await contestant.train(few)).loss;
  const calls = await countCalls(few, () => contestant.train(few, true));
  let scriptMs = 0;
  for (let round = 0; round < SCRIPTS; round++) scriptMs += (await contestant.train(few, true)).scriptMs;
  const stepsPerRound = Math.max(2, Math.min(1000, Math.round((ROUND_MS * few) / (await timed(contestant, few)).ms)));
  const rounds: (Training & { readonly ms: number })[] = [];
  return {
    measure: async () => void rounds.push(await timed(contestant, stepsPerRound)),
    result(name: string): Measured {
      const end = rounds.at(-1)?.loss as number;
      if (!(end < start)) throw new Error(`${name} does not learn: its loss went from ${start} to ${end}`);
      return {
        ...calls,
        stepsPerRound,
        msPerStep: median(rounds.map(({ ms }) => ms)) / stepsPerRound,
        scriptUsPerDispatch: (1000 * scriptMs) / (SCRIPTS * few * calls.dispatches),
        losses: [start, end],
      };
    },
  };
}

async function timed(contestant: Contestant, steps: number): Promise<Training & { readonly ms: number }> {
  const started = performance.now();
  const training = await contestant.train(steps);
  return { ...training, ms: performance.now() - started };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

/** The comparisons as a table in Markdown; in each cell ours, then TensorFlow.js's. */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  const head = ["network", "parameters", "dispatches a step", "submits a step", "µs of JavaScript a dispatch (mean)"];
  const rows = comparisons.map(({ network, parameters, ours, theirs }) => {
    const pair = (cell: (measured: Measured) => string) => `${cell(ours)} / ${cell(theirs)}`;
    return [
      network,
      parameters.toLocaleString("en-US"),
      pair(({ dispatches }) => dispatches.toFixed(0)),
      pair(({ submits }) => submits.toFixed(2)),
      pair(({ scriptUsPerDispatch }) => scriptUsPerDispatch.toFixed(2)),
      pair(({ losses }) => losses.map((loss) => loss.toFixed(3)).join(" → ")),
      pair(({ stepsPerRound }) => `${ROUNDS}×${stepsPerRound}`),
      pair(({ msPerStep }) => msPerStep.toPrecision(3)),
      (theirs.msPerStep / ours.msPerStep).toFixed(1),
    ];
  });
  return markdown([...head, "loss", "steps measured", "ms a step", "times faster"], rows);
}
