import { DescentError } from "../errors.ts";
import { formatShape, type Shape, sizeOf } from "../graph/tensor.ts";
import { type ChoiceField, choice } from "../schema/field.ts";
import { type Fans, fansOf } from "./fans.ts";
import { type Initializer, ones, zeros } from "./initializer.ts";
import { orthonormal } from "./orthonormal.ts";

/** Uniform in [-bound, bound). */
export function uniformWithin(bound: number): Initializer {
  return (shape, draw) => elements(shape, (position) => bound * (2 * draw.uniform(position) - 1));
}

/** Normal with mean 0, not truncated. */
export function normalOf(deviation: number): Initializer {
  return (shape, draw) => elements(shape, (position) => deviation * draw.normal(position));
}

function elements(shape: Shape, value: (position: number) => number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: sizeOf(shape) }, (_, position) => value(position));
}

/**
 * Orthogonal matrices side by side: the last axis is cut into so many blocks, and each block, as a matrix of (all
 * leading axes flattened) × (last axis / blocks), has orthonormal columns, or orthonormal rows where it is wider than
 * high. A recurrent kernel (H, G·H) has G of them, one a gate. Throws "graph" where the last axis does not divide.
 *
 * Source: Saxe, McClelland, Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
 * networks" (2014).
 */
export function orthogonalBlocks(blocks: number): Initializer {
  return (shape, draw) => {
    const width = shape.at(-1) ?? 1;
    const rows = sizeOf(shape.slice(0, -1));
    const columns = width / blocks;
    if (!Number.isInteger(columns)) {
      throw new DescentError(
        "graph",
        `the last axis of ${formatShape(shape)} does not divide into ${blocks} blocks; give a multiple of ${blocks}`,
      );
    }
    const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
    const values = new Float32Array(rows * width);
    for (let block = 0; block < blocks; block++) {
      const vectors = orthonormal(count, length, draw, block * count * length);
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const [k, i] = rows < columns ? [row, column] : [column, row];
          values[row * width + block * columns + column] = (vectors[k] as Float64Array)[i] as number;
        }
      }
    }
    return values;
  };
}

// A uniform number of [-b, b) has the variance b² / 3.
function uniformOfVariance(variance: (fans: Fans) => number): Initializer {
  return (shape, draw) => uniformWithin(Math.sqrt(3 * variance(fansOf(shape))))(shape, draw);
}

function normalOfVariance(variance: (fans: Fans) => number): Initializer {
  return (shape, draw) => normalOf(Math.sqrt(variance(fansOf(shape))))(shape, draw);
}

/** Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010). */
const glorot = (fans: Fans) => 2 / Math.max(1, fans.in + fans.out);
/** He, Zhang, Ren, Sun, "Delving deep into rectifiers" (2015), by the fan in. */
const he = (fans: Fans) => 2 / Math.max(1, fans.in);
/** LeCun, Bottou, Orr, Müller, "Efficient BackProp" (1998). */
const lecun = (fans: Fans) => 1 / Math.max(1, fans.in);

const initializers = {
  glorotUniform: uniformOfVariance(glorot),
  glorotNormal: normalOfVariance(glorot),
  heUniform: uniformOfVariance(he),
  heNormal: normalOfVariance(he),
  lecunUniform: uniformOfVariance(lecun),
  lecunNormal: normalOfVariance(lecun),
  orthogonal: orthogonalBlocks(1),
  zeros,
  ones,
} as const satisfies Record<string, Initializer>;

export type InitializerKind = keyof typeof initializers;

/** Every initializer. */
const initializerKinds = Object.keys(initializers) as readonly InitializerKind[];

/**
 * The initializer of a kind. Variances follow the fans of the shape (see `fansOf`). The normal kinds are not truncated,
 * as in PyTorch; Keras cuts its own at two deviations.
 */
export function initializerOf(kind: InitializerKind): Initializer {
  return initializers[kind];
}

/** The choice of an initializer, for the kernel of a layer. */
export function initializerField(initial: InitializerKind): ChoiceField<InitializerKind> {
  return choice({
    label: { en: "Initializer", zh: "初始化方法" },
    help: { en: "How the weights are drawn before the first step.", zh: "训练开始前如何随机生成权重。" },
    options: initializerKinds,
    default: initial,
  });
}
