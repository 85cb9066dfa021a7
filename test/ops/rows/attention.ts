import { NdArray } from "../../../src/graph/nd-array.ts";
import { type AttentionOptions, attention } from "../../../src/graph/ops/attention.ts";
import { rotary } from "../../../src/graph/ops/rotary.ts";
import type { Tensor } from "../../../src/graph/tensor.ts";
import type { Case, OpRow, Random } from "../row.ts";

/** Sizes of a case: B, Hq, Hk, T, S, D. */
type Sizes = readonly [b: number, hq: number, hk: number, t: number, s: number, d: number];

interface Settings extends Pick<AttentionOptions, "causal" | "scale" | "variant"> {
  /** Share of the keys that the padding mask hides; undefined: no mask. */
  readonly hidden?: number;
  readonly lengths?: boolean;
}

function attentionCase(random: Random, sizes: Sizes, { hidden, lengths, ...options }: Settings = {}): Case {
  const [b, hq, hk, t, s, d] = sizes;
  const mask = NdArray.zeros([b, s], "u32").map(() => (random.next() < (hidden ?? 0) ? 0 : 1));
  const extra = {
    keep: hidden === undefined ? undefined : mask,
    lengths: lengths === true ? random.integers([b], 0, s, random.pick(["i32", "u32"])) : undefined,
  };
  const names = (["keep", "lengths"] as const).filter((name) => extra[name] !== undefined);
  return {
    label: `B ${b} Hq ${hq} Hk ${hk} T ${t} S ${s} D ${d} ${JSON.stringify(options)} ${names.join(" ")}`,
    inputs: [
      random.uniform([b, hq, t, d]),
      random.uniform([b, hk, s, d]),
      random.uniform([b, hk, s, d]),
      ...names.map((name) => extra[name] as NdArray),
    ],
    build: ([q, k, v, ...rest]) =>
      attention(q as Tensor, k as Tensor, v as Tensor, {
        ...options,
        ...Object.fromEntries(names.map((name, n) => [name, rest[n]])),
      }),
  };
}

/** Half of the cases stand at the threshold from which the fused kernels are chosen. */
function drawAttention(random: Random): Case {
  const isLarge = random.next() < 0.5;
  const hk = random.integer(1, 2);
  const position = () => (isLarge ? random.pick([1, 31, 33, 63, 64, 65, 67]) : random.size(17, true));
  const sizes: Sizes = [
    random.pick([0, 1, 1, 2]),
    hk * (isLarge ? random.integer(1, 2) : random.integer(1, 3)),
    hk,
    position(),
    position(),
    random.pick([1, 3, 4, 5, 8, 9]),
  ];
  const settings: Settings = {
    causal: random.next() < 0.5,
    lengths: random.next() < 0.25,
    ...(random.next() < 0.5 && { hidden: random.pick([0, 0.3, 1]) }),
    ...(random.next() < 0.3 && { scale: random.pick([1, 0.125]) }),
  };
  return attentionCase(random, sizes, settings);
}

function rotaryCase(random: Random, shape: readonly number[], interleaved = random.next() < 0.5): Case {
  const offset = random.pick([0, 1, 1000]);
  const base = random.pick([10_000, 100]);
  return {
    label: `[${shape.join("×")}] base ${base} offset ${offset}${interleaved ? " interleaved" : ""}`,
    inputs: [random.uniform(shape)],
    build: ([x]) => rotary(x as Tensor, { base, offset, interleaved }),
  };
}

export const rows: readonly OpRow[] = [
  {
    name: "attention",
    ops: ["attention", "attentionGradientQ", "attentionGradientKV", "attentionScores", "attentionWeights"],
    draw: drawAttention,
    always: (random) => [
      attentionCase(random, [1, 1, 1, 1, 1, 1]),
      attentionCase(random, [2, 2, 1, 0, 3, 4]),
      attentionCase(random, [2, 2, 1, 3, 0, 4]), // no key to see: zeros
      attentionCase(random, [1, 2, 2, 3, 4, 0]),
      attentionCase(random, [2, 0, 0, 3, 4, 2]),
      attentionCase(random, [1, 2, 1, 4, 5, 3], { hidden: 1 }), // every row fully masked
      attentionCase(random, [1, 1, 1, 9, 4, 3], { causal: true }), // the first five queries see no key
      attentionCase(random, [2, 4, 2, 7, 7, 130], { causal: true }), // more features than the shader takes
      attentionCase(random, [1, 1, 1, 257, 3, 2], { causal: true }),
      attentionCase(random, [1, 1, 1, 3, 256, 2], { hidden: 0.3 }),
      // Both ways of running, by force.
      attentionCase(random, [1, 2, 1, 66, 35, 33], { causal: true, hidden: 0.3, variant: "composed" }),
      attentionCase(random, [2, 4, 2, 33, 40, 33], { causal: true, hidden: 0.3, variant: "fused" }),
      attentionCase(random, [1, 1, 1, 5, 3, 128], { hidden: 1, variant: "fused" }),
    ],
    tolerance: { ulp: 64, absolute: 2e-5 },
    gradient: [0, 1, 2],
  },
  {
    name: "rotary",
    ops: ["rotary"],
    draw: (random) => {
      const lead = random.shape(random.integer(0, 2), 16, true);
      return rotaryCase(random, [...lead, random.size(65, true), 2 * random.integer(0, 33)]);
    },
    always: (random) => [
      rotaryCase(random, [1, 2], true),
      rotaryCase(random, [1, 2], false),
      rotaryCase(random, [257, 4], true),
      rotaryCase(random, [3, 256], false),
      rotaryCase(random, [2, 65, 64], true),
      rotaryCase(random, [2, 65, 64], false),
    ],
    tolerance: { ulp: 4, absolute: 1e-6 },
    gradient: [0],
  },
];
