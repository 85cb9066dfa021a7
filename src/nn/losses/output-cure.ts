import type { Text } from "../../schema/text.ts";
import type { LossContext } from "../loss.ts";
import type { Repair } from "../model-error.ts";

/** What would make the output fit, in words that end a sentence, and as repairs where the last layer's fields allow it. */
export interface Cure {
  readonly text: Text;
  readonly repairs: readonly Repair[];
}

/** How to get so many outputs, along the last axis. */
export function setOutputs(count: number, { last }: LossContext): Cure {
  const dense = {
    en: `end the model with a Dense with units ${count}`,
    zh: `在模型末尾添加 units 为 ${count} 的 Dense`,
  };
  const { fields } = last.layer;
  const name = ["units", "filters"].find((width) => fields[width] !== undefined);
  if (name === undefined) {
    return {
      text: {
        en: `this layer has no field for the number of outputs: set it in a layer before, or ${dense.en}`,
        zh: `该层没有设置输出个数的参数：可在它之前的层中设置，或${dense.zh}`,
      },
      repairs: [],
    };
  }
  const isTwofold = last.config.bidirectional === true;
  const value = isTwofold ? count / 2 : count;
  const { max } = fields[name] as { readonly max: number };
  if (!Number.isInteger(value) || value > max) return { text: dense, repairs: [] };
  return {
    text: {
      en: `set ${name} to ${value}${isTwofold ? `, which makes ${count} both ways` : ""}`,
      zh: `把 ${name} 设为 ${value}${isTwofold ? `（双向共 ${count} 个输出）` : ""}`,
    },
    repairs: [{ kind: "set", field: name, value }],
  };
}

/**
 * How to get one answer a sample, of `count` outputs if that is known, from an output of many places (B, …, C). The repair
 * is the one to do first; the number of outputs, where `fits` is false, is the next to be refused.
 */
export function joinPlaces(count: number | undefined, fits: boolean, context: LossContext): Cure {
  const { kind, fields } = context.last.layer;
  const join = ((): Cure | undefined => {
    if (kind === "Dense") {
      const text = { en: "insert a Flatten before the last layer", zh: "在最后一层之前插入 Flatten" };
      return { text, repairs: [{ kind: "insert", layer: "Flatten" }] };
    }
    if (fields.returns === undefined) return undefined;
    const text = { en: "set returns to last", zh: "把 returns 设为 last" };
    return { text, repairs: [{ kind: "set", field: "returns", value: "last" }] };
  })();
  if (join === undefined) {
    const units =
      count === undefined ? { en: "", zh: "" } : { en: ` with units ${count}`, zh: ` units 为 ${count} 的` };
    return {
      text: {
        en: `end the model with a Flatten and a Dense${units.en}`,
        zh: `在模型末尾依次添加 Flatten 和${units.zh} Dense`,
      },
      repairs: [],
    };
  }
  if (fits || count === undefined) return join;
  const { text } = setOutputs(count, context);
  return {
    text: { en: `${join.text.en}, then ${text.en}`, zh: `${join.text.zh}，再${text.zh}` },
    repairs: join.repairs,
  };
}
