import { useTranslation } from "react-i18next";
import { MAX_NODES } from "../../app/edits/model.ts";
import { openedNow } from "../../app/run-store.ts";
import { formatQuantity } from "../format.ts";
import { useExperiment, useRun } from "../playground.tsx";

/** What the network costs: parameters, floating point operations, bytes on the device. */
export function Hud() {
  const { t } = useTranslation("canvas");
  const { parameters, flops, bytes, isOnGpu } = useRun((run) => ({
    parameters: run.draft?.parameters,
    flops: run.draft?.flops,
    bytes: openedNow(run)?.summary.peakBytes,
    isOnGpu: run.device?.kind === "gpu",
  }));
  const { batchSize, isFull } = useExperiment(({ experiment }) => ({
    batchSize: experiment?.batchSize ?? 0,
    isFull: experiment?.model.nodes.length === MAX_NODES,
  }));
  return (
    <div className="pointer-events-none absolute inset-x-0 top-0 flex flex-wrap gap-x-4 gap-y-0.5 px-5 py-3 text-muted">
      {parameters !== undefined && <Figure value={parameters.toLocaleString("en-US")} of={t("parameters")} />}
      {flops !== undefined && <Figure {...quantity(flops, (prefix) => t("flops", { prefix }))} />}
      {bytes !== undefined && (
        <Figure {...quantity(bytes, (prefix) => t(isOnGpu ? "bytes" : "bytesOnCpu", { prefix, batch: batchSize }))} />
      )}
      {isFull && <p className="text-bad">{t("full", { count: MAX_NODES })}</p>}
    </div>
  );
}

function Figure({ value, of }: { readonly value: string; readonly of: string }) {
  return (
    <p>
      <strong className="font-semibold text-text">{value}</strong> {of}
    </p>
  );
}

/** 9.9 MFLOP: the number, and its unit with the prefix. */
function quantity(amount: number, unit: (prefix: string) => string) {
  const [value = "", prefix = ""] = formatQuantity(amount).split(" ");
  return { value, of: unit(prefix) };
}
