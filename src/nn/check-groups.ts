import type * as z from "zod/mini";
import { issueMessage } from "../schema/issue-text.ts";
import { shownValue } from "../schema/shown-value.ts";
import type { Text } from "../schema/text.ts";

interface Groups {
  readonly nodes: readonly unknown[];
  readonly groups?: readonly { readonly id: string; readonly nodes: readonly string[] }[] | undefined;
}

/** Refuses groups that name what is no node, a node that another group has too, and ids that another group or a node has. */
export function checkGroups({ value, issues }: z.core.ParsePayload<Groups>): void {
  const nodes = new Set(value.nodes.map((node) => (node as { readonly id: string }).id));
  const groupOf = new Map<string, string>();
  const ids = new Set<string>();
  const refuse = (input: string, why: Text, path: PropertyKey[]) => {
    const shown = shownValue(input);
    const message = issueMessage({ en: `is ${shown.en}, ${why.en}`, zh: `为 ${shown.zh}，${why.zh}` });
    issues.push({ code: "custom", input, message, path: ["groups", ...path] });
  };
  for (const [k, group] of (value.groups ?? []).entries()) {
    if (ids.has(group.id)) refuse(group.id, TAKEN, [k, "id"]);
    if (nodes.has(group.id)) refuse(group.id, TAKEN_BY_NODE, [k, "id"]);
    ids.add(group.id);
    for (const [place, node] of group.nodes.entries()) {
      const other = groupOf.get(node);
      groupOf.set(node, group.id);
      if (!nodes.has(node)) refuse(node, NO_NODE, [k, "nodes", place]);
      else if (other !== undefined) refuse(node, inOther(other), [k, "nodes", place]);
    }
  }
}

const TAKEN: Text = {
  en: "which another group has; give each its own",
  zh: "另一个模块已使用该标识；请为每个模块取不同的标识",
};

const TAKEN_BY_NODE: Text = {
  en: "which a node has; give each its own",
  zh: "已有节点使用该标识；请为每个取不同的标识",
};

const NO_NODE: Text = { en: "which is no node of the model; remove it", zh: "而网络中没有这个节点；请将其删除" };

function inOther(group: string): Text {
  return {
    en: `which is in group "${group}" already; leave it in one of them`,
    zh: `它已在模块“${group}”中；请只保留在其中一个模块里`,
  };
}
