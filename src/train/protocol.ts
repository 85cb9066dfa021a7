import type { ErrorKind } from "../errors.ts";

/** What the page asks of the worker that trains. */
export type Request = { readonly kind: "train" } | { readonly kind: "pause" };

/** What the worker tells the page. */
export type Report =
  | ({ readonly kind: "progress" } & Progress)
  | { readonly kind: "finished" }
  | { readonly kind: "failed"; readonly error: ErrorKind | "unknown"; readonly message: string };

/** Where a run stands: the loss of one batch, after so many updates. */
export interface Progress {
  readonly step: number;
  readonly loss: number;
}
