import type { GroupSpec, ModelSpec } from "../../../app/engine-types.ts";
import type { Link } from "./columns.ts";

/** What is laid out as one: nodes in no group, and groups. */
export interface Units {
  /** In the order of the model. */
  readonly ids: readonly string[];
  readonly open: readonly GroupSpec[];
  /** Shown as one card. */
  readonly closed: readonly GroupSpec[];
  /** The group that a node is in. */
  readonly groupOf: ReadonlyMap<string, GroupSpec>;
}

export function unitsOf({ nodes, groups = [] }: ModelSpec): Units {
  const groupOf = new Map(groups.flatMap((group) => group.nodes.map((node) => [node, group] as const)));
  return {
    ids: [...new Set(nodes.map(({ id }) => groupOf.get(id)?.id ?? id))],
    open: groups.filter(({ collapsed }) => !collapsed),
    closed: groups.filter(({ collapsed }) => collapsed),
    groupOf,
  };
}

/** Edges between units; those within one are left out. Where a group is not among `open` or `closed`, its nodes stand alone. */
export function unitLinks({ edges }: ModelSpec, { groupOf, open, closed }: Units): Link[] {
  const asOne = new Set([...open, ...closed]);
  const unit = (id: string) => {
    const group = groupOf.get(id);
    return group !== undefined && asOne.has(group) ? group.id : id;
  };
  const links = new Map<string, Link>();
  for (const edge of edges) {
    const [from, to] = [unit(edge.from), unit(edge.to)];
    if (from !== to) links.set(`${from}>${to}`, { from, to });
  }
  return [...links.values()];
}
