import { insert, setFields, setOfData } from "./moves.ts";
import type { Suggestions } from "./suggestion.ts";

export const suggestions: Suggestions = {
  text: {
    en: "Add a [fourth block](block), cut [holes](cutout) into the images it trains on, take the [normalization](norm) out of the blocks, or leave it [2,000 samples](few).",
    zh: "加上[第四个残差块](block)，在训练图像上[挖去小块](cutout)，去掉残差块中的[归一化](norm)，或只留给它 [2,000 个样本](few)。",
  },
  moves: {
    block: insert("block_4", "ResidualBlock", "block_3", { filters: 64 }),
    cutout: insert("cutout", "Cutout", "flip"),
    norm: setFields(["block_1", "block_2", "block_3"], "norm", "none"),
    few: setOfData("samples", 2000),
  },
};
