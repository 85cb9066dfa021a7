import source from "../../../shaders/scatter-add.wgsl?raw";
import type { AdapterProfile } from "../../gpu/device.ts";
import { linearGrid } from "../codegen/grid.ts";
import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse, type ShaderVariant } from "../op.ts";
import { type Call, formatShape, sizeOf, type Tensor } from "../tensor.ts";
import { gather } from "./gather.ts";
import { sum } from "./sum.ts";

export interface ScatterAddAttrs {
  readonly rows: number;
  /** Slices of the positions that are summed apart, into (parts, rows, …); 0: none, and no such dimension. */
  readonly parts: number;
}

/**
 * y[r] = Σ updates[n] over the positions n with indices[n] = r; the exact adjoint of `gather` along axis 0, so that
 * indices outside 0…rows − 1 are clamped to that range, as gather clamps them. Rows that no index names are zero.
 * Positions are added in their order: the same bits every time.
 *
 * indices: (N) i32 or u32; updates: (N, …rest) f32; gives (rows, …rest). Refuses other shapes and dtypes.
 */
export function scatterAdd(indices: Tensor, updates: Tensor, rows: number): Tensor {
  return apply(scatterAddOp, [indices, updates], { rows, parts: 0 });
}

export const scatterAddOp: Op<ScatterAddAttrs> = {
  name: "scatterAdd",
  infer: (inputs, { rows, parts }) => {
    const [indices, updates] = inputs as [Tensor, Tensor];
    if (indices.dtype === "f32") refuse("the indices are f32; give whole numbers, i32 or u32");
    if (updates.dtype !== "f32") refuse(`the updates are ${updates.dtype}; give f32`);
    if (indices.shape.length !== 1) {
      refuse(`the indices have the shape ${formatShape(indices.shape)}; reshape them to one dimension`);
    }
    const [positions] = indices.shape;
    if (updates.shape[0] !== positions) {
      refuse(
        `${positions} indices do not fit updates of shape ${formatShape(updates.shape)}; give one update an index, ` +
          "along the first dimension",
      );
    }
    if (!Number.isInteger(rows) || rows < 0) refuse(`${rows} rows; give a whole number of at least 0`);
    if (rows === 0 && positions !== 0) refuse(`0 rows cannot take ${positions} updates; give at least 1 row`);
    const rest = updates.shape.slice(1);
    return { shape: parts === 0 ? [rows, ...rest] : [parts, rows, ...rest], dtype: "f32" };
  },
  reference: (inputs, { rows, parts }) => {
    const [indices, updates] = inputs as [NdArray, NdArray];
    const rest = updates.shape.slice(1);
    const columns = sizeOf(rest);
    const positions = indices.data.length;
    const perPart = Math.ceil(positions / Math.max(parts, 1));
    const y = NdArray.zeros(parts === 0 ? [rows, ...rest] : [parts, rows, ...rest]);
    for (let n = 0; n < positions; n++) {
      const row = Math.floor(n / perPart) * rows + Math.min(Math.max(indices.at(n), 0), rows - 1);
      for (let c = 0; c < columns; c++) {
        const place = row * columns + c;
        y.data[place] = y.at(place) + updates.at(n * columns + c);
      }
    }
    return y;
  },
  kernel: { kind: "shader", select, lower },
  gradient: ([dy], call) => [undefined, dy && gather(dy, call.inputs[0] as Tensor, 0)],
  flops: ({ inputs }) => sizeOf((inputs[1] as Tensor).shape),
};

interface Sizes {
  readonly positions: number;
  readonly columns: number;
}

function sizesOf({ inputs }: Call<ScatterAddAttrs>): Sizes {
  const { shape } = inputs[1] as Tensor;
  return { positions: shape[0] as number, columns: sizeOf(shape.slice(1)) };
}

/**
 * Every invocation reads all indices of its part. So an invocation owns as many rows as leave just enough invocations
 * to fill the device: a large table costs no more index reads than a small one.
 */
function select(call: Call<ScatterAddAttrs>, adapter: AdapterProfile): ShaderVariant {
  const { positions, columns } = sizesOf(call);
  const { rows } = call.attrs;
  const parts = Math.max(call.attrs.parts, 1);
  const quads = Math.ceil(columns / 4);
  const tileRows = Math.max(1, Math.ceil((rows * quads * parts) / invocationsToFill(adapter)));
  const signed = (call.inputs[0] as Tensor).dtype === "i32";
  const groups = Math.ceil((Math.ceil(rows / tileRows) * quads * parts) / 64);
  return {
    variant: tileRows === 1 ? "row" : `${tileRows} rows`,
    source: signed ? signedSource : source,
    constants: {
      POSITIONS: positions,
      ROWS: rows,
      COLUMNS: columns,
      PARTS: parts,
      TILE_ROWS: tileRows,
      SIGNED: signed ? 1 : 0,
    },
    tensors: ["indices", "updates", "y"],
    workgroups: linearGrid(groups, adapter),
  };
}

const signedSource = source
  .replace("indices: array<u32>", "indices: array<i32>")
  .replace("fn load_indices(i: u32) -> u32", "fn load_indices(i: u32) -> i32");

/**
 * The positions are cut into parts, whose sums a reduction adds in a fixed order: on hardware where a small table would
 * leave most of it idle, at least 512 positions a part; on a software adapter where an invocation can then own all rows
 * of its part, so that each index is read once a column quad (ten times faster for 2048 positions in 65 rows of 64).
 */
function lower(call: Call<ScatterAddAttrs>, adapter: AdapterProfile): readonly Tensor[] | undefined {
  const { rows, parts } = call.attrs;
  if (parts !== 0) return undefined;
  const { positions, columns } = sizesOf(call);
  const quads = Math.ceil(columns / 4);
  const most = adapter.software
    ? Math.min(invocationsToFill(adapter) / quads, positions / 64, (2 * positions) / rows)
    : Math.min(invocationsToFill(adapter) / (rows * quads), positions / 512);
  const wanted = Math.floor(Math.min(most, 64));
  if (!(wanted >= 2)) return undefined;
  return [sum(apply(scatterAddOp, call.inputs, { rows, parts: wanted }), [0])];
}

function invocationsToFill(adapter: AdapterProfile): number {
  return adapter.software ? 256 : 65536;
}
