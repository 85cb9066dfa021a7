import type { EdgeSpec } from "../../train/protocol.ts";

/**
 * What an experiment differs by from a preset, as a link holds it. A key that is left out: as in the preset. Of a choice
 * (data, loss, optimizer, schedule) either the fields that differ, or, with its `kind`, the whole of another one.
 */
export interface Patch {
  readonly name?: unknown;
  readonly data?: PatchFields;
  readonly loss?: PatchFields;
  readonly optimizer?: PatchFields;
  readonly schedule?: PatchFields;
  readonly stop?: PatchFields;
  readonly metrics?: unknown;
  readonly batchSize?: unknown;
  readonly shuffle?: unknown;
  readonly validateEvery?: unknown;
  readonly seed?: unknown;
  /** Fields that differ of nodes that the preset has too, by the node's id; `at: null`: it has no place. */
  readonly set?: Readonly<Record<string, PatchFields>>;
  /** Ids stand for nodes of the preset; nodes that it does not have are written out. */
  readonly nodes?: Splice<string | PatchFields>;
  /** As "from>to". */
  readonly edges?: Splice<string>;
  /** All of them; null: none. */
  readonly groups?: unknown;
}

export type PatchFields = Readonly<Record<string, unknown>>;

/** A stretch of the preset's list gives way to other elements: where it begins, how many go, what comes. */
export type Splice<T> = readonly [start: number, gone: number, come: readonly T[]];

/** Parts that are a choice, or a record of fields. */
export const FIELD_PARTS = ["data", "loss", "optimizer", "schedule", "stop"] as const;
/** Parts that are one value. */
export const VALUE_PARTS = ["name", "metrics", "batchSize", "shuffle", "validateEvery", "seed"] as const;

export const edgeText = ({ from, to }: EdgeSpec) => `${from}>${to}`;
