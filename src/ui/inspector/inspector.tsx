import { edgeOfId } from "../../app/edits/edges.ts";
import { groupOf, nodesAmong } from "../../app/edits/groups.ts";
import { nodeOf } from "../../app/edits/model.ts";
import { useExperiment } from "../playground.tsx";
import { EdgeInspector } from "./edge-inspector.tsx";
import { ExperimentInspector } from "./experiment-inspector.tsx";
import { GroupInspector } from "./group-inspector.tsx";
import { NodeInspector } from "./node-inspector.tsx";
import { SelectionInspector } from "./selection-inspector.tsx";

/** Settings and facts of what is selected; of the experiment where nothing is. */
export function Inspector() {
  const { experiment, selection } = useExperiment((state) => ({
    experiment: state.experiment,
    selection: state.selection,
  }));
  if (experiment === undefined) return null;
  const { model } = experiment;
  const [selected] = selection;
  const nodes = nodesAmong(model, selection);
  const content = () => {
    if (selection.length === 1 && selected !== undefined) {
      const node = nodeOf(experiment, selected);
      if (node !== undefined) return <NodeInspector key={node.id} node={node} />;
      const group = groupOf(model, selected);
      if (group !== undefined) return <GroupInspector key={group.id} group={group} />;
      const edge = edgeOfId(selected);
      if (edge !== undefined && model.edges.some(({ from, to }) => from === edge.from && to === edge.to))
        return <EdgeInspector key={selected} edge={edge} />;
    }
    if (nodes.length > 0) return <SelectionInspector ids={nodes} />;
    return <ExperimentInspector experiment={experiment} />;
  };
  return <div className="space-y-3 p-4">{content()}</div>;
}
