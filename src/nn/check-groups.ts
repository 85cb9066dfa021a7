import type * as z from "zod/mini";
import { shownValue } from "../schema/shown-value.ts";

interface Groups {
  readonly nodes: readonly unknown[];
  readonly groups?: readonly { readonly id: string; readonly nodes: readonly string[] }[] | undefined;
}

/** Refuses groups that name what is no node, a node that another group has too, and two groups of one id. */
export function checkGroups({ value, issues }: z.core.ParsePayload<Groups>): void {
  const nodes = new Set(value.nodes.map((node) => (node as { readonly id: string }).id));
  const groupOf = new Map<string, string>();
  const ids = new Set<string>();
  const refuse = (input: string, message: string, path: PropertyKey[]) => {
    issues.push({ code: "custom", input, message: `is ${shownValue(input)}${message}`, path: ["groups", ...path] });
  };
  for (const [k, group] of (value.groups ?? []).entries()) {
    if (ids.has(group.id)) refuse(group.id, ", which another group has; give each its own", [k, "id"]);
    ids.add(group.id);
    for (const [place, node] of group.nodes.entries()) {
      const other = groupOf.get(node);
      groupOf.set(node, group.id);
      if (!nodes.has(node)) refuse(node, ", which is no node of the model; remove it", [k, "nodes", place]);
      else if (other !== undefined) {
        refuse(node, `, which is in group "${other}" already; leave it in one of them`, [k, "nodes", place]);
      }
    }
  }
}
