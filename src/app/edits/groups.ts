import { MAX_GROUPS } from "../../nn/model-limits.ts";
import { freeId } from "../../nn/new-node.ts";
import type { Experiment, GroupSpec, ModelSpec } from "../../train/protocol.ts";
import { validName } from "./valid-name.ts";

export function groupOf({ groups = [] }: ModelSpec, id: string): GroupSpec | undefined {
  return groups.find((group) => group.id === id);
}

/** Ids of nodes, where groups stand for the nodes in them; what is neither is left out. In the order of the model. */
export function nodesAmong(model: ModelSpec, ids: readonly string[]): string[] {
  const chosen = new Set(ids.flatMap((id) => groupOf(model, id)?.nodes ?? [id]));
  return model.nodes.map(({ id }) => id).filter((id) => chosen.has(id));
}

/** Makes a named block of nodes, shown as one card. Nodes of other groups leave those. */
export function groupNodes(
  experiment: Experiment,
  ids: readonly string[],
  name: string,
): { readonly experiment: Experiment; readonly id: string } {
  const { model } = experiment;
  const { groups = [] } = model;
  const nodes = nodesAmong(model, ids);
  const id = freeId("group", [...model.nodes, ...groups]);
  if (nodes.length === 0 || groups.length >= MAX_GROUPS) return { experiment, id };
  const others = groups.map((group) => ({ ...group, nodes: group.nodes.filter((node) => !nodes.includes(node)) }));
  const group = { id, name: validName(name) ?? id, nodes, collapsed: true };
  return { experiment: { ...experiment, model: tidyGroups({ ...model, groups: [...others, group] }) }, id };
}

/** Takes a block apart; its nodes stay where they are. */
export function ungroup(experiment: Experiment, groupId: string): Experiment {
  const { model } = experiment;
  const { groups = [] } = model;
  if (groupOf(model, groupId) === undefined) return experiment;
  return {
    ...experiment,
    model: withGroups(
      model,
      groups.filter(({ id }) => id !== groupId),
    ),
  };
}

/** An empty name, or one of several lines, changes nothing. */
export function renameGroup(experiment: Experiment, groupId: string, name: string): Experiment {
  const valid = validName(name);
  if (valid === undefined || groupOf(experiment.model, groupId)?.name === valid) return experiment;
  return changeGroup(experiment, groupId, { name: valid });
}

export function setCollapsed(experiment: Experiment, groupId: string, collapsed: boolean): Experiment {
  if (groupOf(experiment.model, groupId)?.collapsed === collapsed) return experiment;
  return changeGroup(experiment, groupId, { collapsed });
}

function changeGroup(experiment: Experiment, groupId: string, changes: Partial<GroupSpec>): Experiment {
  const { model } = experiment;
  if (groupOf(model, groupId) === undefined) return experiment;
  const groups = (model.groups ?? []).map((group) => (group.id === groupId ? { ...group, ...changes } : group));
  return { ...experiment, model: { ...model, groups } };
}

/** Groups hold only nodes that there are; one without any is gone. */
export function tidyGroups(model: ModelSpec): ModelSpec {
  if (model.groups === undefined) return model;
  const ids = new Set(model.nodes.map(({ id }) => id));
  const groups = model.groups
    .map((group) =>
      group.nodes.every((id) => ids.has(id)) ? group : { ...group, nodes: group.nodes.filter((id) => ids.has(id)) },
    )
    .filter(({ nodes }) => nodes.length > 0);
  return withGroups(model, groups);
}

/** Puts nodes into the group that a node is in, where it is in one. */
export function withNodesInGroupOf(model: ModelSpec, node: string, ids: readonly string[]): ModelSpec {
  if (ids.length === 0 || !model.groups?.some(({ nodes }) => nodes.includes(node))) return model;
  const groups = model.groups.map((group) =>
    group.nodes.includes(node) ? { ...group, nodes: [...group.nodes, ...ids] } : group,
  );
  return { ...model, groups };
}

/** A model without groups has no list of them. */
function withGroups(model: ModelSpec, groups: readonly GroupSpec[]): ModelSpec {
  if (groups.length > 0) return { ...model, groups };
  const { groups: _, ...rest } = model;
  return rest;
}

/** Where edges to a group lead: to its first node that an edge from outside leads to, or that nothing leads to. */
export function entryOf({ edges }: ModelSpec, { nodes }: GroupSpec): string {
  const inside = new Set(nodes);
  const fed = new Set(edges.filter(({ from }) => inside.has(from)).map(({ to }) => to));
  return nodes.find((id) => !fed.has(id)) ?? (nodes[0] as string);
}

/** Where edges from a group come from: its last node that leads to none of the others. */
export function exitOf({ edges }: ModelSpec, { nodes }: GroupSpec): string {
  const inside = new Set(nodes);
  const leading = new Set(edges.filter(({ to }) => inside.has(to)).map(({ from }) => from));
  return nodes.findLast((id) => !leading.has(id)) ?? (nodes.at(-1) as string);
}
