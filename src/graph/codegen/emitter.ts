import type { PointwiseContext, PointwiseKernel, Position } from "../op.ts";
import type { ConstantAttrs } from "../ops/constant.ts";
import { type DType, sizeOf, type Tensor } from "../tensor.ts";
import { baseOf } from "../views.ts";
import { broadcastPosition, coordsPosition, flatPosition } from "./position.ts";
import type { Scope } from "./scope.ts";

/** What an emitter asks of the kernel it emits for. */
export interface EmitterHost {
  /** True where the tensor is computed inside this kernel rather than read from memory. */
  readonly computes: (tensor: Tensor) => boolean;
  /** WGSL that reads a tensor in memory at a row-major position. */
  readonly load: (tensor: Tensor, flat: string) => string;
}

/** Turns tensors at positions into WGSL: loads from memory, or the expressions of fused pointwise ops. */
export class Emitter {
  private readonly host: EmitterHost;
  /** Values that hold wherever they are asked for: a reduction's result within its row, a shader's own output. */
  private readonly fixed = new Map<Tensor, string>();

  constructor(host: EmitterHost) {
    this.host = host;
  }

  fix(tensor: Tensor, name: string): void {
    this.fixed.set(tensor, name);
  }

  /** The name or literal of a tensor's element at a row-major position of it. */
  value(tensor: Tensor, at: Position, scope: Scope): string {
    const base = baseOf(tensor);
    const fixed = this.fixed.get(base);
    if (fixed !== undefined) return fixed;
    const uniform = uniformValue(base);
    if (uniform !== undefined) return literal(uniform, base.dtype);
    if (sizeOf(base.shape) === 0) return literal(0, base.dtype);
    if (!this.host.computes(base)) return scope.bind(base.dtype, this.host.load(base, at.flat));
    const key = `${base.call.id}@${at.flat}`;
    const known = scope.find(key);
    if (known !== undefined) return known;
    const position = base === tensor ? at : flatPosition(base.shape, at.flat, scope);
    const kernel = base.call.op.kernel as PointwiseKernel<unknown>;
    const name = scope.bind(base.dtype, kernel.emit(this.context(base, position, scope)));
    scope.remember(key, name);
    return name;
  }

  private context(output: Tensor, at: Position, scope: Scope): PointwiseContext<unknown> {
    const { call } = output;
    const inputAt = (k: number) => call.inputs[k] as Tensor;
    return {
      call,
      attrs: call.attrs,
      at,
      input: (k, coords) => {
        const { shape } = inputAt(k);
        const position =
          coords === undefined ? broadcastPosition(shape, output.shape, at) : coordsPosition(shape, coords);
        return this.value(inputAt(k), position, scope);
      },
      inputFlat: (k, flat) => this.value(inputAt(k), flatPosition(inputAt(k).shape, flat, scope), scope),
      bind: (type, expression) => scope.bind(type, expression),
    };
  }
}

/** The value of a constant whose elements are all the same; it stands in the code and takes no memory. */
export function uniformValue(tensor: Tensor): number | undefined {
  if (tensor.call.op.name !== "constant") return undefined;
  const { values } = tensor.call.attrs as ConstantAttrs;
  if (typeof values === "number") return values;
  return sizeOf(tensor.shape) === 1 ? values[0] : undefined;
}

/** A WGSL literal of exactly this value. */
export function literal(value: number, dtype: DType): string {
  if (dtype === "u32") return `${value >>> 0}u`;
  if (dtype === "i32") return value === -2147483648 ? "i32(-2147483647 - 1)" : `i32(${value | 0})`;
  // Infinities and NaN are errors as constant expressions; functions that make them are not.
  if (Number.isNaN(value)) return "nan()";
  if (Math.abs(Math.fround(value)) === Number.POSITIVE_INFINITY)
    return value > 0 ? "infinity()" : "negative_infinity()";
  const text = String(Math.fround(value));
  const decimal = /[.e]/.test(text) ? text : `${text}.0`;
  return Object.is(Math.fround(value), -0) ? "bitcast<f32>(0x80000000u)" : `f32(${decimal})`;
}
