import { describe, expect, test } from "vitest";
import type { Ground, Move } from "../../src/app/suggestions/suggestion.ts";
import { loadSuggestions, stretchesOf } from "../../src/app/suggestions.ts";
import { type Experiment, parseExperiment } from "../../src/nn/experiment.ts";
import { draftExperiment } from "../../src/train/draft-experiment.ts";
import { loadDataset } from "../../src/train/load-dataset.ts";
import { bases, everything } from "./linking.ts";

/** So many samples are enough to know shapes by. */
const SAMPLES = 200;

const all = await Promise.all(
  bases.map(async ({ name, experiment }) => {
    const suggestions = await loadSuggestions(name);
    const ground: Ground = {
      catalogue: everything,
      preset: experiment,
      outputNode: experiment.model.nodes.at(-1)?.id,
    };
    return { name, experiment, suggestions, ground, moves: Object.entries(suggestions?.moves ?? {}) };
  }),
);
const each = all.flatMap(({ name, moves, ...rest }) => moves.map(([word, move]) => ({ name, word, move, ...rest })));

/** What is wrong with an experiment, looked at with few samples. */
async function problems(experiment: Experiment): Promise<string[]> {
  const { samples } = experiment.data;
  const data =
    typeof samples === "number" ? { ...experiment.data, samples: Math.min(samples, SAMPLES) } : experiment.data;
  const small = parseExperiment({ ...experiment, data });
  const draft = draftExperiment(small, await loadDataset(small));
  return [...draft.problems.values(), draft.problem].flatMap((problem) => (problem ? [problem.text.en] : []));
}

describe("what to try next", () => {
  test.each(all)("$name has 2 to 4 controls, each in both texts once", ({ suggestions, moves }) => {
    const names = moves.map(([name]) => name).sort();
    expect(names.length).toBeGreaterThanOrEqual(2);
    expect(names.length).toBeLessThanOrEqual(4);
    for (const text of Object.values(suggestions?.text ?? {})) {
      const used = stretchesOf(text).flatMap(({ move }) => (move === undefined ? [] : [move]));
      expect(used.sort()).toEqual(names);
    }
  });

  test.each(each)("$name: $word can be done, trains, and is taken back to exactly the preset", async (one) => {
    const { experiment, move, ground } = one;
    expect(move.isDone(experiment, ground)).toBe(false);
    expect(move.obstacle(experiment, ground)).toBeUndefined();
    const done = move.apply(experiment, ground);
    expect(move.isDone(done, ground)).toBe(true);
    expect(await problems(done)).toEqual([]);
    expect(sorted(move.revert(done, ground))).toEqual(sorted(experiment));
  });

  test.each(all)("$name: all of them after one another, in either order", async ({ experiment, moves, ground }) => {
    const apply = (next: Experiment, [, move]: [string, Move]) =>
      move.isDone(next, ground) ? next : move.apply(next, ground);
    expect(await problems(moves.reduce(apply, experiment))).toEqual([]);
    expect(await problems(moves.reduceRight(apply, experiment))).toEqual([]);
  });

  test("what needs a layer that is gone says which", () => {
    const { experiment, ground, suggestions } = all[0] as (typeof all)[0];
    const nodes = experiment.model.nodes.filter(({ id }) => id !== "dense_2");
    const without = { ...experiment, model: { ...experiment.model, nodes } };
    expect(suggestions?.moves.deeper?.obstacle(without, ground)).toEqual({ kind: "node", id: "dense_2" });
    expect(suggestions?.moves.arms?.obstacle({ ...without, data: { kind: "moons" } }, ground)).toEqual({
      kind: "data",
    });
  });
});

/** The order of nodes and edges makes no difference where each node has one input. */
function sorted({ model: { nodes, edges }, ...rest }: Experiment) {
  const byId = [...nodes].sort((a, b) => a.id.localeCompare(b.id));
  return { ...rest, nodes: byId, edges: edges.map(({ from, to }) => `${from}>${to}`).sort() };
}
