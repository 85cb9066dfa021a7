import { DescentError, type ErrorKind } from "../errors.ts";
import type { Text } from "../schema/text.ts";

/** A change of the experiment that cures a problem of a node. */
export type Repair =
  | { readonly kind: "insert"; readonly layer: string; readonly config?: Readonly<Record<string, unknown>> } // before the node
  | { readonly kind: "set"; readonly field: string; readonly value: unknown } // of the node
  | { readonly kind: "remove" } // the node, its inputs joined to its outputs
  | { readonly kind: "thaw" } // the node, so that it trains
  | { readonly kind: "setOptimizer"; readonly field: string; readonly value: unknown }
  | { readonly kind: "setBatchSize"; readonly value: number }
  | { readonly kind: "setMetric"; readonly metric: string; readonly isMeasured: boolean };

/** What is wrong with a model, at which node, in every language, and what would cure it. */
export class ModelError extends DescentError {
  override readonly text: Text;
  readonly repairs: readonly Repair[];

  constructor(
    kind: ErrorKind,
    text: Text,
    { layer, node }: { layer?: string | undefined; node?: string | undefined },
    repairs: readonly Repair[] = [],
  ) {
    super(kind, text.en, { op: layer, node });
    this.name = "ModelError";
    this.text = text;
    this.repairs = repairs;
  }
}
