import { bidirectional } from "../../graph/ops/bidirectional.ts";
import type { RecurrentStates, RecurrentWeights } from "../../graph/ops/recurrent-shapes.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { type ConfigOf, choice, type Fields, flag, integer } from "../../schema/field.ts";
import { type Initializer, zeros } from "../initializer.ts";
import { initializerField, initializerOf, orthogonalBlocks } from "../initializers.ts";
import type { LayerContext } from "../layer.ts";
import { prefixed } from "./prefixed.ts";
import { requireSequence } from "./require-sequence.ts";

/** What every recurrent layer can be told. */
export const recurrentFields = {
  units: integer({
    label: { en: "Units", zh: "单元数" },
    help: { en: "Numbers in the state that goes from step to step.", zh: "逐个时间步传递的状态中数值的个数。" },
    min: 1,
    // Its orthogonal first weights take time as the cube of this: some seconds at 1024.
    max: 1024,
    default: 32,
  }),
  bidirectional: flag({
    label: { en: "Bidirectional", zh: "双向" },
    help: {
      en: "Also reads the sequence from its end, with weights of its own, and puts both states side by side.",
      zh: "另用一组权重从末尾反向读取序列，并把两个方向的状态拼接起来。",
    },
    default: false,
  }),
  returns: choice({
    label: { en: "Returns", zh: "返回" },
    help: {
      en: "The state after the last step, or the states of all steps, which a further recurrent layer needs.",
      zh: "只返回最后一步之后的状态，或返回所有时间步的状态；后面再接循环层时需要后者。",
    },
    options: ["last", "sequence"],
    words: { last: { en: "last", zh: "最后一步" }, sequence: { en: "sequence", zh: "整个序列" } },
    default: "last",
  }),
  kernelInitializer: initializerField("glorotUniform"),
  recurrentInitializer: {
    ...initializerField("orthogonal"),
    label: { en: "Recurrent initializer", zh: "循环核初始化" },
    help: {
      en: "How the weights from state to state start; orthogonal ones keep its length over many steps.",
      zh: "状态到状态的权重的初始值；正交初始化能使状态的长度在多个时间步中保持不变。",
    },
  },
} satisfies Fields;

export type RecurrentConfig = ConfigOf<typeof recurrentFields>;

/**
 * A recurrent layer over x (B, T, F), one way or both: states (B, T, H) or the last, (B, H); 2H wide where both ways.
 * `run` makes the recurrence of one direction, with the weights of the context it is given.
 */
export function recurrent(
  x: Tensor,
  { bidirectional: bothWays, returns }: RecurrentConfig,
  context: LayerContext,
  run: (direction: LayerContext, reverse: boolean) => RecurrentStates,
): Tensor {
  requireSequence(x, context, { imageSteps: "rows" });
  const direction = (reverse: boolean) => run(reverse ? prefixed(context, "backward") : context, reverse);
  const { states, last } = bothWays ? bidirectional(direction) : direction(false);
  return returns === "sequence" ? states : last;
}

/**
 * "kernel" (F, G·H), "recurrentKernel" (H, G·H) and "bias" (G·H) of a recurrence with G gates over x (B, T, F). An
 * orthogonal recurrent kernel is orthogonal for each gate, because it is each gate's product that goes round.
 */
export function recurrentWeights(
  x: Tensor,
  gates: number,
  { units, kernelInitializer, recurrentInitializer }: RecurrentConfig,
  context: LayerContext,
  bias: Initializer = zeros,
): RecurrentWeights {
  const columns = gates * units;
  const recurrent =
    recurrentInitializer === "orthogonal" ? orthogonalBlocks(gates) : initializerOf(recurrentInitializer);
  return {
    wx: context.parameter("kernel", [x.shape[2] as number, columns], initializerOf(kernelInitializer)),
    wh: context.parameter("recurrentKernel", [units, columns], recurrent),
    bias: context.parameter("bias", [columns], bias),
  };
}
