import type { DescentError } from "../errors.ts";
import type { ModelSpec, NodeSpec } from "./experiment.ts";
import { ModelError } from "./model-error.ts";

export interface ModelOrder {
  /** Every node that is not on or behind a cycle, each after its inputs. */
  readonly order: readonly NodeSpec[];
  /** Ids of the nodes that lead into each, in the order of the edges. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
  /** The node that leads nowhere: the model's output. */
  readonly outputNode: string | undefined;
  readonly problems: Map<string, DescentError>;
}

/** Puts the nodes in order; says what is wrong with the wiring: names, cycles, more than one end. */
export function inOrder({ nodes, edges }: ModelSpec): ModelOrder {
  const problems = new Map<string, DescentError>();
  const refuse = (node: NodeSpec, en: string, zh: string) => {
    if (problems.has(node.id)) return;
    problems.set(node.id, new ModelError("graph", { en, zh }, { layer: node.layer, node: node.id }));
  };
  const byId = new Map<string, NodeSpec>();
  for (const node of nodes) {
    if (byId.has(node.id)) {
      refuse(node, "another node has this id; give each its own", "另一个节点已使用该标识；请为每个节点取不同的标识");
    }
    byId.set(node.id, node);
  }
  const sources = new Map<string, string[]>();
  const targets = new Map<string, NodeSpec[]>();
  for (const { from, to } of edges) {
    const [source, target] = [byId.get(from), byId.get(to)];
    const known = source ?? target;
    if (known === undefined) {
      throw new ModelError("graph", unknownNode(from, from, to), {});
    }
    if (source === undefined || target === undefined) {
      const { en, zh } = unknownNode(source === undefined ? from : to, from, to);
      refuse(known, en, zh);
      continue;
    }
    sources.set(to, [...(sources.get(to) ?? []), from]);
    targets.set(from, [...(targets.get(from) ?? []), target]);
  }

  const waiting = new Map(nodes.map(({ id }) => [id, sources.get(id)?.length ?? 0]));
  const ready = nodes.filter(({ id }) => waiting.get(id) === 0);
  const order: NodeSpec[] = [];
  for (let node = ready.shift(); node !== undefined; node = ready.shift()) {
    order.push(node);
    for (const target of targets.get(node.id) ?? []) {
      const left = (waiting.get(target.id) as number) - 1;
      waiting.set(target.id, left);
      if (left === 0) ready.push(target);
    }
  }
  const placed = new Set(order.map(({ id }) => id));
  const cycle = cycleAmong(
    nodes.filter(({ id }) => !placed.has(id)),
    sources,
  );
  if (cycle !== undefined) {
    const path = [...cycle, cycle[0] as string].join(" → ");
    refuse(
      byId.get(cycle[0] as string) as NodeSpec,
      `the layers go round in a circle: ${path}; remove one of these edges`,
      `这些层首尾相连成环：${path}；请删除其中一条连线`,
    );
  }

  const ends = order.filter(({ id }) => (targets.get(id)?.length ?? 0) === 0);
  const output = ends.at(-1);
  for (const end of ends.slice(0, -1)) {
    const last = (output as NodeSpec).id;
    refuse(
      end,
      `it leads nowhere, and so does "${last}", the output; connect it to a layer, or remove it`,
      `它没有连接到后面的层，而“${last}”已是输出；请把它连接到某个层，或将其删除`,
    );
  }
  return { order, sources, outputNode: output?.id, problems };
}

function unknownNode(id: string, from: string, to: string) {
  return {
    en: `the edge ${from} → ${to} names "${id}", which is no node; correct the name, or remove the edge`,
    zh: `连线 ${from} → ${to} 指向不存在的节点“${id}”；请改正名称，或删除该连线`,
  };
}

/** The ids of a cycle in the direction of its edges, starting at its first node; undefined where there is none. */
function cycleAmong(nodes: readonly NodeSpec[], sources: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const left = new Set(nodes.map(({ id }) => id));
  const [start] = left;
  if (start === undefined) return undefined;
  // Every node that is left has a source that is left too: walking back must come round.
  const walked: string[] = [];
  let at = start;
  while (!walked.includes(at)) {
    walked.push(at);
    at = (sources.get(at) as string[]).find((id) => left.has(id)) as string;
  }
  const cycle = walked.slice(walked.indexOf(at)).reverse();
  const first = nodes.findIndex(({ id }) => cycle.includes(id));
  const turn = cycle.indexOf((nodes[first] as NodeSpec).id);
  return [...cycle.slice(turn), ...cycle.slice(0, turn)];
}
