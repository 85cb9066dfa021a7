import type { Catalogue, Choice, ColumnDescription, Experiment, NodeSpec } from "../../train/protocol.ts";
import { defaultsOf } from "./defaults.ts";

/** What a model is to tell: labels, or numbers. */
export type TargetKind = "labels" | "numbers";

/** What a loss or a metric is of. */
type Fit = TargetKind | "any";

/** What a data source makes to be learned; undefined where only the data itself can tell. */
export function targetOf(data: Choice, { dataSources }: Pick<Catalogue, "dataSources">): TargetKind | undefined {
  const source = dataSources.find(({ kind }) => kind === data.kind);
  // Where it is a choice: an image instead of its label, a column of numbers instead of one of classes.
  const chosen = ["target", "task"].map((name) => (source?.fields[name]?.kind === "choice" ? data[name] : undefined));
  if (chosen.includes("image") || chosen.includes("regression")) return "numbers";
  if (chosen.includes("auto")) return undefined;
  switch (source?.task) {
    case "classification":
    case "text":
    case "sequence":
      return "labels";
    case "regression":
    case "reconstruction":
    case "forecasting":
      return "numbers";
    default:
      return undefined;
  }
}

/** What a target is that has been read. */
export function kindOfTarget({ dtype }: ColumnDescription): TargetKind {
  return dtype === "i32" ? "labels" : "numbers";
}

export function fits(of: Fit, target: TargetKind): boolean {
  return of === "any" || of === target;
}

/** What is chosen where nothing fits. */
const CHOSEN = {
  labels: { loss: "categoricalCrossentropy", metrics: ["accuracy"] },
  numbers: { loss: "meanSquaredError", metrics: ["meanAbsoluteError", "r2"] },
} as const;

/**
 * The experiment with a loss, metrics and an output of the model that fit what is to be learned: what fits already stays,
 * but of losses that compare either only where `keepsEither`. The same experiment where nothing has to change, or where
 * it is not known what is to be learned.
 */
export function fitted(
  experiment: Experiment,
  target: TargetKind | undefined,
  { losses, metrics }: Pick<Catalogue, "losses" | "metrics">,
  { outputNode, keepsEither }: { readonly outputNode: string | undefined; readonly keepsEither: boolean },
): Experiment {
  if (target === undefined) return experiment;
  const loss = losses.find(({ kind }) => kind === experiment.loss.kind);
  const lossFits = loss !== undefined && (loss.of === target || (loss.of === "any" && keepsEither));
  const kept = experiment.metrics.filter((kind) => {
    const metric = metrics.find((m) => m.kind === kind);
    return metric !== undefined && fits(metric.of, target);
  });
  if (lossFits && kept.length === experiment.metrics.length) return experiment;
  return {
    ...(lossFits ? experiment : withFittingLoss(experiment, target, losses, outputNode)),
    metrics: kept.length > 0 ? kept : CHOSEN[target].metrics,
  };
}

function withFittingLoss(
  experiment: Experiment,
  target: TargetKind,
  losses: Catalogue["losses"],
  outputNode: string | undefined,
): Experiment {
  const kind = CHOSEN[target].loss;
  const { fields = {} } = losses.find((loss) => loss.kind === kind) ?? {};
  const { nodes } = experiment.model;
  return {
    ...experiment,
    loss: { kind, ...defaultsOf(fields) },
    model: { ...experiment.model, nodes: nodes.map((node) => (node.id === outputNode ? fittedOutput(node) : node)) },
  };
}

/** The last layer gives as many outputs as the data asks for, as plain numbers or logits. */
function fittedOutput(node: NodeSpec): NodeSpec {
  return node.layer === "Dense" ? { ...node, units: "auto", activation: "linear" } : node;
}
