import type { DType, Shape, TensorType } from "./tensor.ts";

/** A slice of one of the plan's buffers. */
export interface Place {
  readonly buffer: number;
  /** In bytes; a multiple of 256, but for single numbers, which lie at multiples of 4 in a buffer of their own. */
  readonly offset: number;
  readonly bytes: number;
}

/** A tensor that can be read after a step, or, at a tap, within one. */
export interface Readable {
  readonly place: Place;
  readonly dtype: DType;
  readonly shape: Shape;
  /** So many dispatches of a step must have run when it is read; its memory may be another tensor's later on. */
  readonly after: number;
}

/** What a dispatch is, so that a screen can show it. */
export interface Dispatch {
  /** The op it exists for, as it was asked for: that of the shader, the first reduction or the last pointwise call. */
  readonly op: string;
  /** The primitives that are fused. */
  readonly ops: readonly string[];
  /** The canvas node of that op. */
  readonly node: string | undefined;
  readonly variant: string;
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  readonly flops: number;
  /** Bytes of all tensors read and written, each once. */
  readonly bytes: number;
  readonly code: string;
  readonly constants: Readonly<Record<string, number>>;
  readonly workgroups: readonly [number, number, number];
  readonly bindings: readonly Place[];
}

/** Bytes a plan needs on the GPU. */
export interface PlanMemory {
  readonly variables: number;
  readonly constants: number;
  readonly temporaries: number;
  /** The most bytes of temporaries alive at once: what a perfect layout would need. */
  readonly temporariesLowerBound: number;
  readonly total: number;
}

/**
 * A compiled step: the list of dispatches with its memory layout. Plain data: it knows the adapter's limits, but no
 * GPU object.
 */
export interface Plan {
  readonly dispatches: readonly Dispatch[];
  /** Buffers to allocate; their contents are 0 at first. */
  readonly buffers: readonly { readonly label: string; readonly bytes: number }[];
  readonly constants: readonly { readonly place: Place; readonly words: Uint32Array<ArrayBuffer> }[];
  readonly variables: ReadonlyMap<string, Readable>;
  /** Variables of the program whose values make no difference: they have no place. */
  readonly dropped: ReadonlyMap<string, TensorType>;
  /** The readable place of a tensor of the program, if it has one. */
  readonly readable: (tensor: object) => Readable | undefined;
  /** Names of the metrics, in the order in which each row of the ring has them. */
  readonly metrics: readonly string[];
  readonly memory: PlanMemory;
  /** Samples a step, if the program says; out-of-memory errors then name the batch size that would fit. */
  readonly batchSize: number | undefined;
}
