import type { Experiment } from "../train/protocol.ts";
import { differs } from "./change.ts";
import { EMPTY } from "./empty-experiment.ts";
import { loadBase } from "./link/bases.ts";
import { encodeLink, type LinkBase, NO_LESSON } from "./link/encode-link.ts";
import { MAX_LINK } from "./link/limits.ts";
import type { Playground } from "./playground.ts";

/** What an experiment started from: the preset it names, else the empty network. */
export async function linkBaseOf({ engine, experiments }: Playground): Promise<LinkBase> {
  const name = experiments.getState().preset ?? EMPTY;
  const json = await loadBase(name);
  // A preset that went with a newer version.
  if (json === undefined) return { name: EMPTY, experiment: await engine.call("parse", await loadBase(EMPTY)) };
  return { name, experiment: await engine.call("parse", json) };
}

/** The link to an experiment, from "#" on; it may be longer than `MAX_LINK`, and then is none. */
export async function shareHash(
  { engine, catalogue }: Playground,
  experiment: Experiment,
  base: LinkBase,
  lesson = NO_LESSON,
): Promise<string> {
  return encodeLink(experiment, base, catalogue.getState().catalogue ?? (await engine.call("catalogue")), lesson);
}

/** The address comes to name the experiment as it is now, with the lesson that the page gives. */
export async function nameInAddress(playground: Playground, base: LinkBase): Promise<void> {
  const { experiment } = playground.experiments.getState();
  if (experiment === undefined) return;
  const { hidden, note } = playground.lesson.getState();
  const hash = await shareHash(playground, experiment, base, { hidden: [...hidden], note, runs: false });
  if (hash.length <= MAX_LINK) playground.location.rename(hash);
}

/** What a link may hold that makes no difference to what is learned. */
export type Aside = "name" | "metrics" | "stop" | "validateEvery" | "places" | "blocks";

export function asidesThatDiffer(base: Experiment, experiment: Experiment): Aside[] {
  const places = ({ model }: Experiment) => Object.fromEntries(model.nodes.map(({ id, at }) => [id, at]));
  const parts: readonly (readonly [Aside, (experiment: Experiment) => unknown])[] = [
    ["name", ({ name }) => name],
    ["metrics", ({ metrics }) => metrics],
    ["stop", ({ stop }) => stop],
    ["validateEvery", ({ validateEvery }) => validateEvery],
    ["places", places],
    ["blocks", ({ model }) => model.groups ?? []],
  ];
  return parts.filter(([, part]) => differs(part(base), part(experiment))).map(([aside]) => aside);
}
