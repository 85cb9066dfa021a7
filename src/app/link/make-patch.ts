import type { Catalogue, Experiment, Fields, NodeSpec } from "../../train/protocol.ts";
import { differs } from "../change.ts";
import { edgeText, FIELD_PARTS, type Patch, type PatchFields, type Splice, VALUE_PARTS } from "./patch.ts";

type Changing<T> = { -readonly [K in keyof T]: T[K] };

/** What differs from `base`, which is a preset as the engine has read it: with every default filled in. */
export function makePatch(base: Experiment, experiment: Experiment, catalogue: Catalogue): Patch {
  const patch: Changing<Patch> = {};
  for (const part of VALUE_PARTS) if (differs(base[part], experiment[part])) patch[part] = experiment[part];
  for (const part of FIELD_PARTS) {
    const fields = changedFields(base[part], experiment[part], fieldsOf(part, experiment, catalogue));
    if (fields !== undefined) patch[part] = fields;
  }
  const set: Record<string, PatchFields> = {};
  const before = new Map(base.model.nodes.map((node) => [node.id, node]));
  for (const node of experiment.model.nodes.map(withWholePlace)) {
    const old = before.get(node.id);
    if (old?.layer !== node.layer) continue;
    const fields = differing(old, node);
    if (Object.keys(fields).length > 0)
      set[node.id] = "at" in old && !("at" in node) ? { ...fields, at: null } : fields;
  }
  if (Object.keys(set).length > 0) patch.set = set;
  const nodes = splice(base.model.nodes.map(identity), experiment.model.nodes.map(identity));
  if (nodes !== undefined) {
    const [start, gone, come] = nodes;
    const written = experiment.model.nodes.slice(start, start + come.length).map((node) => {
      if (before.get(node.id)?.layer === node.layer) return node.id;
      const layer = catalogue.layers.find(({ kind }) => kind === node.layer);
      return withoutDefaults(withWholePlace(node), { ...layer?.fields });
    });
    patch.nodes = [start, gone, written];
  }
  const edges = splice(base.model.edges.map(edgeText), experiment.model.edges.map(edgeText));
  if (edges !== undefined) patch.edges = edges;
  const { groups } = experiment.model;
  if (differs(base.model.groups, groups)) patch.groups = groups ?? null;
  return patch;
}

/** A node of the same id but another layer is another node. */
const identity = ({ id, layer }: NodeSpec) => `${id} ${layer}`;

/** Places on the canvas are kept to the pixel: fractions would only make links longer. */
function withWholePlace(node: NodeSpec): NodeSpec {
  return node.at === undefined ? node : { ...node, at: [Math.round(node.at[0]), Math.round(node.at[1])] };
}

/** The fields of a part's kind; stop conditions are told whole. */
function fieldsOf(part: (typeof FIELD_PARTS)[number], experiment: Experiment, catalogue: Catalogue): Fields {
  if (part === "stop") return {};
  const { kind } = experiment[part];
  const entry = <T extends { readonly kind: string }>(list: readonly T[]) => list.find((one) => one.kind === kind);
  switch (part) {
    case "data":
      return entry(catalogue.dataSources)?.fields ?? {};
    case "loss":
      return entry(catalogue.losses)?.fields ?? {};
    case "schedule":
      return { ...catalogue.scheduleFields, ...entry(catalogue.schedules)?.fields };
    case "optimizer": {
      // The default rate is the optimizer's own, so it is always told.
      const { learningRate: _, ...shared } = catalogue.optimizerFields;
      return { ...shared, ...entry(catalogue.optimizers)?.fields };
    }
  }
}

/** Of the same kind what differs; of another kind the whole without what goes without saying; undefined: nothing. */
function changedFields(before: object, after: object, fields: Fields): PatchFields | undefined {
  const [was, is] = [before as PatchFields, after as PatchFields];
  if (was.kind !== is.kind) return withoutDefaults(is, fields);
  const changed = differing(was, is);
  return Object.keys(changed).length > 0 ? changed : undefined;
}

function differing(before: PatchFields, after: PatchFields): PatchFields {
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => differs(before[key], value)));
}

function withoutDefaults(values: PatchFields, fields: Fields): PatchFields {
  return Object.fromEntries(
    Object.entries(values).filter(([key, value]) => {
      const usual = key === "frozen" ? false : fields[key]?.default;
      return usual === undefined || differs(usual, value);
    }),
  );
}

/** The shortest stretch that makes one list of the other; undefined: they are the same. */
function splice(before: readonly string[], after: readonly string[]): Splice<string> | undefined {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const gone = before.length - start - end;
  const come = after.slice(start, after.length - end);
  return gone === 0 && come.length === 0 ? undefined : [start, gone, come];
}
