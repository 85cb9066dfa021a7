import type { Text } from "./schema/text.ts";

/** What went wrong, in one word; screens choose their remedy by it. */
export type ErrorKind =
  | "shape" // tensors whose shapes or dtypes an op does not accept
  | "graph" // a graph that makes no sense: a missing gradient, a foreign variable, a model with a cycle
  | "experiment" // JSON that is no experiment: an unknown field, a value out of range
  | "data" // a file or its values: missing, damaged, a label outside of the classes
  | "diverged" // the loss or a weight is not a finite number any more
  | "wgsl" // a shader that does not compile
  | "validation" // a call that WebGPU refused
  | "limit" // more than the device can address; refused before anything is allocated
  | "out-of-memory" // the device refused the memory it was asked for
  | "device-lost" // the GPU process crashed, the driver reset or the device was destroyed
  | "timeout" // the GPU did not answer before the deadline
  | "no-webgpu"; // no adapter on this machine or in this browser

/** The place an error belongs to: an op of the graph and the canvas node that op was made for. */
export interface Origin {
  readonly op?: string | undefined;
  readonly node?: string | undefined;
}

/**
 * The one error type of the engine. Its message reads: op "node": what is wrong, with the values; the cure. What only a
 * programmer can bring about is said in English alone.
 */
export class DescentError extends Error {
  readonly kind: ErrorKind;
  /** What the message says behind op and node, in every language of the screen; undefined: it is in English alone. */
  readonly text: Text | undefined;
  readonly op: string | undefined;
  readonly node: string | undefined;

  constructor(kind: ErrorKind, message: string | Text, origin: Origin = {}, options?: ErrorOptions) {
    super(prefix(origin) + (typeof message === "string" ? message : message.en), options);
    this.name = "DescentError";
    this.kind = kind;
    this.text = typeof message === "string" ? undefined : message;
    this.op = origin.op;
    this.node = origin.node;
  }
}

function prefix({ op, node }: Origin): string {
  const name = [op, node === undefined ? undefined : `"${node}"`].filter((part) => part !== undefined);
  return name.length > 0 ? `${name.join(" ")}: ` : "";
}
