import type { DescentError } from "../errors.ts";
import type { Text } from "../schema/text.ts";
import type { ModelSpec, NodeSpec } from "./experiment.ts";
import { ModelError } from "./model-error.ts";

export interface ModelOrder {
  /** The nodes that can be built, where those before them can: each after its inputs. */
  readonly order: readonly NodeSpec[];
  /** Ids of the nodes that lead into each, in the order of the edges. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
  /** The node that leads nowhere: the model's output. */
  readonly outputNode: string | undefined;
  /** By the node's id; an edge between two ids that there are not is under the first. */
  readonly problems: Map<string, DescentError>;
}

/** Puts the nodes in order; says what is wrong with the wiring: names, cycles, more than one end. */
export function inOrder({ nodes, edges }: ModelSpec): ModelOrder {
  const problems = new Map<string, DescentError>();
  const refuse = (id: string, text: Text) => {
    if (problems.has(id)) return;
    const node = byId.get(id);
    problems.set(id, new ModelError("graph", text, { layer: node?.layer, node: node?.id }));
  };
  const byId = new Map<string, NodeSpec>();
  const unbuildable = new Set<string>();
  for (const node of nodes) {
    if (byId.has(node.id)) {
      refuse(node.id, DUPLICATE);
      unbuildable.add(node.id);
    }
    byId.set(node.id, node);
  }
  const sources = new Map<string, string[]>();
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) {
    if (byId.has(from) && byId.has(to)) {
      sources.set(to, [...(sources.get(to) ?? []), from]);
      targets.set(from, [...(targets.get(from) ?? []), to]);
      continue;
    }
    refuse(byId.has(to) ? to : from, unknownNode(byId.has(from) ? to : from, from, to));
    unbuildable.add(to);
  }

  const waiting = new Map(nodes.map(({ id }) => [id, sources.get(id)?.length ?? 0]));
  const placed = nodes.filter(({ id }) => waiting.get(id) === 0);
  for (const { id } of placed) {
    for (const target of targets.get(id) ?? []) {
      const left = (waiting.get(target) as number) - 1;
      waiting.set(target, left);
      if (left === 0) placed.push(byId.get(target) as NodeSpec);
    }
  }
  const inCircles = new Set(nodes.map(({ id }) => id));
  for (const { id } of placed) inCircles.delete(id);
  for (const cycle of cyclesAmong(inCircles, sources, targets)) {
    const [first] = cycle as [string, ...string[]];
    refuse(first, circle([...cycle, first].join(" → ")));
  }

  const ends = placed.filter(({ id }) => (targets.get(id)?.length ?? 0) === 0);
  const output = ends.at(-1)?.id;
  for (const { id } of ends.slice(0, -1)) refuse(id, deadEnd(output as string));
  return { order: placed.filter(({ id }) => !unbuildable.has(id)), sources, outputNode: output, problems };
}

const DUPLICATE: Text = {
  en: "another node has this id; give each its own",
  zh: "另一个节点已使用该标识；请为每个节点取不同的标识",
};

function circle(path: string): Text {
  return {
    en: `the layers go round in a circle: ${path}; remove one of these edges`,
    zh: `这些层首尾相连成环：${path}；请删除其中一条连线`,
  };
}

function deadEnd(output: string): Text {
  return {
    en: `it leads nowhere, and so does "${output}", the output; connect it to a layer, or remove it`,
    zh: `它没有连接到后面的层，而“${output}”已是输出；请把它连接到某个层，或将其删除`,
  };
}

function unknownNode(id: string, from: string, to: string): Text {
  return {
    en: `the edge ${from} → ${to} names "${id}", which is no node; correct the name, or remove the edge`,
    zh: `连线 ${from} → ${to} 指向不存在的节点“${id}”；请改正名称，或删除该连线`,
  };
}

/**
 * The ids of cycles, each in the direction of its edges and from its first node on; one that is behind another may be
 * left out. `left`: what is on or behind a cycle, in the order of the nodes; it is used up.
 */
function cyclesAmong(
  left: Set<string>,
  sources: ReadonlyMap<string, readonly string[]>,
  targets: ReadonlyMap<string, readonly string[]>,
): string[][] {
  const cycles: string[][] = [];
  for (const start of left) {
    // Every node that is left has a source that is left too: walking back must come round.
    const walked: string[] = [];
    let at = start;
    while (!walked.includes(at)) {
      walked.push(at);
      at = (sources.get(at) as string[]).find((id) => left.has(id)) as string;
    }
    const cycle = walked.slice(walked.indexOf(at)).reverse();
    const turn = cycle.indexOf([...left].find((id) => cycle.includes(id)) as string);
    cycles.push([...cycle.slice(turn), ...cycle.slice(0, turn)]);
    const behind = [...cycle];
    for (const id of behind) {
      if (left.delete(id)) behind.push(...(targets.get(id) ?? []));
    }
  }
  return cycles;
}
