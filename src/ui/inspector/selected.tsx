import { edgeOfId } from "../../app/edits/edges.ts";
import { groupOf, nodesAmong } from "../../app/edits/groups.ts";
import { nodeOf } from "../../app/edits/model.ts";
import type { Experiment } from "../../app/engine-types.ts";
import { EdgeInspector } from "./edge-inspector.tsx";
import { ExperimentInspector } from "./experiment-inspector.tsx";
import { GroupInspector } from "./group-inspector.tsx";
import { NodeInspector } from "./node-inspector.tsx";
import { SelectionInspector } from "./selection-inspector.tsx";

interface SelectedProps {
  readonly experiment: Experiment;
  readonly selection: readonly string[];
}

/** Settings and facts of a node, a group, an edge, or several; of the experiment where what was selected is gone. */
export function Selected({ experiment, selection }: SelectedProps) {
  const { model } = experiment;
  const [selected] = selection;
  if (selection.length === 1 && selected !== undefined) {
    const node = nodeOf(experiment, selected);
    if (node !== undefined) return <NodeInspector key={node.id} node={node} />;
    const group = groupOf(model, selected);
    if (group !== undefined) return <GroupInspector key={group.id} group={group} />;
    const edge = edgeOfId(selected);
    if (edge !== undefined && model.edges.some(({ from, to }) => from === edge.from && to === edge.to))
      return <EdgeInspector key={selected} edge={edge} />;
  }
  const nodes = nodesAmong(model, selection);
  return nodes.length > 0 ? <SelectionInspector ids={nodes} /> : <ExperimentInspector experiment={experiment} />;
}
