import { insert, setFields } from "./moves.ts";
import type { Suggestions } from "./suggestion.ts";

export const suggestions: Suggestions = {
  text: {
    en: "Squeeze harder: [8 numbers](eight), or only [2](two). Or blur what it sees with [noise](noise), so that it learns to clean images.",
    zh: "压缩得更狠：[8 个数](eight)，甚至只用 [2 个](two)。或给它看的图像加上[噪声](noise)，让它学会去噪。",
  },
  moves: {
    eight: setFields(["code"], "units", 8),
    two: setFields(["code"], "units", 2),
    noise: insert("noise", "GaussianNoise", "input", { deviation: 0.3 }),
  },
};
