import { DescentError } from "../errors.ts";
import type { AdapterProfile } from "../gpu/device.ts";
import type { KernelCode } from "./codegen/kernel-code.ts";
import { pointwiseCode } from "./codegen/pointwise-code.ts";
import { rowsCode } from "./codegen/rows-code.ts";
import { shaderCode } from "./codegen/shader-code.ts";
import type { Compiled, CompileOptions } from "./compile.ts";
import { dispatchOf } from "./dispatch.ts";
import type { ConstantAttrs } from "./ops/constant.ts";
import { nameOfVariable } from "./ops/variable.ts";
import { readsOf } from "./passes/schedule.ts";
import { placeTensors } from "./placement.ts";
import type { Place, Plan, Readable } from "./plan.ts";
import type { Program } from "./program.ts";
import { formatShape, sameShape, sizeOf, type Tensor } from "./tensor.ts";
import { callsOf } from "./traverse.ts";
import { baseOf } from "./views.ts";

const GENERATORS = { pointwise: pointwiseCode, rows: rowsCode, shader: shaderCode };

/** Gives the dispatches their code and memory. Throws "limit" where the device cannot address what they need. */
export function assemble(compiled: Compiled, program: Program, adapter: AdapterProfile, options: CompileOptions): Plan {
  const { order, updates, wanted, lasting, scalars } = compiled;
  const read = new Set(order.flatMap((group) => [...readsOf(group)]));
  const outputs = order.map((group) => {
    const made = [...group.members].flatMap((call) => call.outputs);
    return made.filter((tensor) => sizeOf(tensor.shape) > 0 && (wanted.has(tensor) || read.has(tensor)));
  });
  const codes = order.map((group, k) => GENERATORS[group.kind](group, outputs[k] as Tensor[], scalars, adapter));
  const sources = callsOf([...updates.values(), ...compiled.roots]).filter(({ op }) => op.kernel.kind === "source");
  const [variables, allConstants] = ["variable", "constant"].map((name) =>
    sources.filter(({ op }) => op.name === name).flatMap((call) => call.outputs),
  ) as [Tensor[], Tensor[]];
  checkNames(variables);
  const known = new Set(variables.map(nameOfVariable));
  const bound = new Set(codes.flatMap(({ bindings }) => bindings.map((binding) => binding.bound)));
  const constants = allConstants.filter((tensor) => bound.has(tensor) || lasting.has(tensor));
  const { batchSize } = program;
  const placed = { compiled, codes, outputs, variables, constants, batchSize };
  const { places, buffers, memory } = placeTensors(placed, adapter, options);

  const made = new Map(outputs.flatMap((tensors, k) => tensors.map((tensor) => [tensor, k] as const)));
  const readableOf = (tensor: Tensor): Readable | undefined => {
    const base = baseOf(tensor);
    const { dtype, shape } = tensor;
    const place = sizeOf(shape) === 0 ? NOWHERE : places.get(base);
    const isSource = base.call.op.kernel.kind === "source";
    if (place === undefined || !(wanted.has(base) || isSource)) return undefined;
    const isLasting = isSource || lasting.has(base) || updates.has(base);
    const after = isLasting ? order.length : (made.get(base) as number) + 1;
    return { place, dtype, shape, after };
  };
  return {
    dispatches: order.map((group, k) =>
      dispatchOf(group, codes[k] as KernelCode, outputs[k] as Tensor[], places, adapter),
    ),
    buffers,
    constants: constants.map((tensor) => ({ place: places.get(tensor) as Place, words: wordsOf(tensor) })),
    variables: new Map(variables.map((tensor) => [nameOfVariable(tensor), readableOf(tensor) as Readable])),
    dropped: new Map(
      variablesOf(program).flatMap((tensor) =>
        known.has(nameOfVariable(tensor)) ? [] : [[nameOfVariable(tensor), tensor]],
      ),
    ),
    readable: (tensor) => {
      const standIn = compiled.standIn(tensor as Tensor);
      return standIn && readableOf(standIn);
    },
    metrics: Object.keys(program.metrics ?? {}),
    memory,
    batchSize,
  };
}

/** Where a tensor without elements lies. */
const NOWHERE: Place = { buffer: 0, offset: 0, bytes: 0 };

function wordsOf(tensor: Tensor): Uint32Array<ArrayBuffer> {
  const { values } = tensor.call.attrs as ConstantAttrs;
  const size = sizeOf(tensor.shape);
  const list = typeof values === "number" ? new Array<number>(size).fill(values) : values;
  const array = tensor.dtype === "f32" ? Float32Array : tensor.dtype === "i32" ? Int32Array : Uint32Array;
  const typed = array.from(list);
  return new Uint32Array(typed.buffer, 0, typed.length);
}

/** All that a program's tensors depend on, whether it makes a difference or not. */
function variablesOf({ updates = [], outputs = [], keep = [] }: Program): Tensor[] {
  const calls = callsOf([...updates.flat(), ...outputs, ...keep]);
  return calls.filter(({ op }) => op.name === "variable").flatMap((call) => call.outputs);
}

function checkNames(variables: readonly Tensor[]): void {
  const byName = new Map<string, Tensor>();
  for (const tensor of variables) {
    const other = byName.get(nameOfVariable(tensor));
    byName.set(nameOfVariable(tensor), tensor);
    if (other === undefined) continue;
    const [a, b] = [other, tensor].map(({ dtype, shape }) => `${dtype} ${formatShape(shape)}`);
    if (!sameShape(other.shape, tensor.shape) || other.dtype !== tensor.dtype) {
      throw new DescentError(
        "graph",
        `two variables are named "${nameOfVariable(tensor)}": ${a} and ${b}; give each its own name`,
      );
    }
  }
}
