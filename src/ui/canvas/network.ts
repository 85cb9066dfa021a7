import type { Edge, Node } from "@xyflow/react";
import { INPUT_LAYER } from "../../app/edits/model.ts";
import type {
  Draft,
  Family,
  GroupSpec,
  LayerDescription,
  ModelSpec,
  NodeSpec,
  Problem,
} from "../../app/engine-types.ts";
import type { Point, Size } from "./layout/box.ts";
import { cardSize } from "./layout/card-size.ts";
import { expectedHeight } from "./picture-size.ts";

/** What a card shows of a layer. */
export interface LayerData extends Record<string, unknown> {
  readonly node: NodeSpec;
  readonly family: Family;
  readonly settings: string;
  readonly shape: readonly number[] | undefined;
  readonly parameters: number | undefined;
  readonly problem: Problem | undefined;
  readonly pictureHeight: number;
  readonly isPlane: boolean;
  readonly isOutput: boolean;
}

/** What the card or the frame of a group shows. */
export interface GroupData extends Record<string, unknown> {
  readonly group: GroupSpec;
  readonly shape: readonly number[] | undefined;
  readonly parameters: number | undefined;
  /** Of the first of its nodes that has one. */
  readonly problem: Problem | undefined;
}

export interface ShapeEdgeData extends Record<string, unknown> {
  /** 26×26×32; empty where it is not known. */
  readonly shape: string;
  /** Past cards that lie between; undefined: straight to the target. */
  readonly way: readonly Point[] | undefined;
  /** It is being drawn from the keyboard. */
  readonly isNew: boolean;
}

export type LayerNode = Node<LayerData, "layer">;
export type GroupNode = Node<GroupData, "group">;
export type FrameNode = Node<GroupData, "frame">;
export type CanvasNode = LayerNode | GroupNode | FrameNode;
export type CanvasEdge = Edge<ShapeEdgeData, "shape">;

/** What cards are made of, beside the model. */
export interface Facts {
  readonly draft: Draft | undefined;
  readonly layers: ReadonlyMap<string, LayerDescription>;
  /** Problems that are not the draft's: what a run that went wrong says of a node. */
  readonly runProblem: Problem | undefined;
  /** The settings of a layer in one line. */
  readonly settings: (node: NodeSpec, layer: LayerDescription, shape: readonly number[] | undefined) => string;
  /** The sentence of a problem in the language of the page. */
  readonly sentence: (problem: Problem) => string;
}

/** `isPlane`: whether the network reads points of a plane, so that pictures are maps over it. */
export function layerData(node: NodeSpec, facts: Facts, isPlane: boolean): LayerData {
  const { draft, layers, runProblem } = facts;
  const layer = layers.get(node.layer);
  const description = draft?.nodes.get(node.id);
  const isOutput = draft?.outputNode === node.id;
  const shape = description?.shape;
  return {
    node,
    family: layer?.family ?? "core",
    settings: layer ? facts.settings(node, layer, shape) : "",
    shape,
    parameters: description?.parameters,
    problem: draft?.problems.get(node.id) ?? (runProblem?.node === node.id ? runProblem : undefined),
    pictureHeight: shape ? expectedHeight({ shape, isInput: node.layer === INPUT_LAYER, isOutput, isPlane }) : 0,
    isPlane,
    isOutput,
  };
}

export function groupData(group: GroupSpec, model: ModelSpec, { draft, runProblem }: Facts): GroupData {
  const descriptions = group.nodes.flatMap((id) => draft?.nodes.get(id) ?? []);
  const inside = new Set(group.nodes);
  const last = group.nodes.findLast((id) => !model.edges.some(({ from, to }) => from === id && inside.has(to)));
  const problems = group.nodes.flatMap((id) => draft?.problems.get(id) ?? []);
  return {
    group,
    shape: last === undefined ? undefined : draft?.nodes.get(last)?.shape,
    parameters: descriptions.length > 0 ? descriptions.reduce((sum, { parameters }) => sum + parameters, 0) : undefined,
    problem: problems[0] ?? (runProblem?.node !== undefined && inside.has(runProblem.node) ? runProblem : undefined),
  };
}

export function layerSize({ node, settings, pictureHeight, problem }: LayerData, { sentence }: Facts): Size {
  return cardSize({
    title: node.layer,
    settings,
    pictureHeight,
    problem: problem && sentence(problem),
    repairs: problem?.repairs.length ?? 0,
  });
}

export function groupSize({ group, problem }: GroupData, { sentence }: Facts): Size {
  return cardSize({
    title: group.name,
    settings: "·",
    pictureHeight: 0,
    problem: problem && sentence(problem),
    repairs: 0,
  });
}
