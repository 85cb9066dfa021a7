import type { LayerContext } from "../layer.ts";
import type { Repair } from "../model-error.ts";

/** Refuses groups that do not divide the input channels and the filters. */
export function requireGroups(
  groups: number,
  channels: number,
  filters: number,
  context: Pick<LayerContext, "refuse">,
): void {
  if (channels % groups === 0 && filters % groups === 0) return;
  const fewer = largestCommonDivisor(channels, filters, groups);
  const repairs: Repair[] = [{ kind: "set", field: "groups", value: fewer }];
  let cure = { en: `use ${fewer}`, zh: `请改为 ${fewer} 组` };
  if (channels % groups === 0) {
    const more = Math.ceil(filters / groups) * groups;
    repairs.push({ kind: "set", field: "filters", value: more });
    cure = { en: `${cure.en}, or ${more} filters`, zh: `${cure.zh}，或改用 ${more} 个卷积核` };
  }
  context.refuse(
    {
      en: `${groups} groups do not divide the ${channels} input channels and the ${filters} filters; ${cure.en}`,
      zh: `${groups} 个分组不能同时整除 ${channels} 个输入通道和 ${filters} 个卷积核；${cure.zh}`,
    },
    ...repairs,
  );
}

/** The largest number up to `most` that divides both. */
function largestCommonDivisor(a: number, b: number, most: number): number {
  let divisor = Math.min(a, b, most);
  while (a % divisor !== 0 || b % divisor !== 0) divisor--;
  return divisor;
}
