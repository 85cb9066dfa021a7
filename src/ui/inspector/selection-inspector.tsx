import { useTranslation } from "react-i18next";
import { formatNumber, formatQuantity } from "../format.ts";
import { useRun } from "../playground.tsx";
import { Actions } from "./actions.tsx";
import { Fact, Facts } from "./facts.tsx";

/** Several layers at once. */
export function SelectionInspector({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation("inspector");
  return (
    <>
      <h2 className="text-sm font-semibold">{t("selected", { count: ids.length })}</h2>
      <SummedFacts ids={ids} />
      <Actions ids={ids} />
    </>
  );
}

/** Parameters and FLOPs of several nodes together. */
export function SummedFacts({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation("inspector");
  const nodes = useRun(({ draft }) => draft?.nodes);
  if (nodes === undefined) return null;
  const known = ids.flatMap((id) => nodes.get(id) ?? []);
  const total = (of: (node: (typeof known)[number]) => number) => known.reduce((sum, node) => sum + of(node), 0);
  return (
    <Facts>
      <Fact name={t("layers")} value={formatNumber(ids.length)} />
      <Fact name={t("parameters")} value={formatNumber(total(({ parameters }) => parameters))} />
      <Fact name={t("flops")} value={`${formatQuantity(total(({ flops }) => flops))}FLOP`} />
    </Facts>
  );
}
