import { sizeOf, type Tensor } from "../../graph/tensor.ts";
import type { Text } from "../../schema/text.ts";
import { sampleShape } from "./sample-shape.ts";

/** One sample of tokens as people read it: (B, 40) is `40 tokens`, and (B) or (B, 1) `a single token`. */
export function sampleTokens(x: Tensor): Text {
  if (sizeOf(x.shape.slice(1)) === 1) return { en: "a single token", zh: "单个词元" };
  const shape = sampleShape(x);
  return { en: `${shape} tokens`, zh: ` ${shape} 的词元` };
}
