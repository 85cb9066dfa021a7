import { type DType, formatShape, type Tensor } from "../tensor.ts";
import { linkFunctions } from "./functions.ts";

/** The shared buffer of single numbers, or a tensor with memory of its own. */
export type Bound = Tensor | "scalars";

export interface Binding {
  readonly bound: Bound;
  readonly name: string;
  /** WGSL type of the binding. */
  readonly type: string;
  written: boolean;
}

/** A dispatch as text: everything but where its tensors lie. */
export interface KernelCode {
  readonly variant: string;
  /** Everything but the bindings' declarations. */
  readonly body: string;
  readonly constants: Readonly<Record<string, number>>;
  readonly workgroups: readonly [number, number, number];
  readonly bindings: readonly Binding[];
}

/** Collects what a kernel binds, and gives the WGSL that reads and writes it. */
export class Bindings {
  readonly list: Binding[] = [];
  private readonly slots: ReadonlyMap<Tensor, number>;
  private readonly prefix: string;

  constructor(slots: ReadonlyMap<Tensor, number>, prefix = "") {
    this.slots = slots;
    this.prefix = prefix;
  }

  add(binding: Binding): void {
    this.list.push(binding);
  }

  load(tensor: Tensor, flat: string): string {
    const slot = this.slots.get(tensor);
    if (slot === undefined) {
      const name = this.nameOf(tensor, false);
      // What a shader binds as vectors of four is one number at a time to what is fused into it.
      return this.typeOf(tensor).includes("vec4") ? `${name}[(${flat}) / 4u][(${flat}) % 4u]` : `${name}[${flat}]`;
    }
    const word = `${this.nameOf("scalars", false)}[${slot}]`;
    return tensor.dtype === "u32" ? word : `bitcast<${tensor.dtype}>(${word})`;
  }

  store(tensor: Tensor, flat: string, value: string): string {
    const slot = this.slots.get(tensor);
    if (slot === undefined) return `${this.nameOf(tensor, true)}[${flat}] = ${value};`;
    const word = tensor.dtype === "u32" ? value : `bitcast<u32>(${value})`;
    return `${this.nameOf("scalars", true)}[${slot}] = ${word};`;
  }

  private typeOf(bound: Bound): string {
    return (this.list.find((other) => other.bound === bound) as Binding).type;
  }

  private nameOf(bound: Bound, written: boolean): string {
    let binding = this.list.find((other) => other.bound === bound);
    if (binding === undefined) {
      const name = bound === "scalars" ? `${this.prefix}scalars` : `${this.prefix}t${this.list.length}`;
      const element: DType = bound === "scalars" ? "u32" : bound.dtype;
      binding = { bound, name, type: `array<${element}>`, written };
      this.list.push(binding);
    }
    binding.written ||= written;
    return binding.name;
  }
}

/** The whole shader. `isWritable` says which bindings lie in a buffer that this dispatch writes to. */
export function shaderText({ body, bindings }: KernelCode, isWritable: (bound: Bound) => boolean): string {
  const declarations = bindings.map(({ bound, name, type, written }, k) => {
    const access = written || isWritable(bound) ? "read_write" : "read";
    const shape = bound === "scalars" ? "single numbers" : formatShape(bound.shape);
    return `@group(0) @binding(${k}) var<storage, ${access}> ${name}: ${type}; // ${shape}\n`;
  });
  const functions = linkFunctions(body);
  return `${declarations.join("")}\n${functions}${functions === "" ? "" : "\n"}${body}`;
}
