import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber, formatQuantity } from "../format.ts";
import { useExperiment, usePlayground, useRun } from "../playground.tsx";
import { classNames } from "../primitives/class-names.ts";

/** A screen reader hears of the training this often, in milliseconds. */
const NARRATION_MS = 10_000;

/** Where the run stands, in one line. */
export function StatusLine() {
  const { t } = useTranslation("shell");
  const run = useRun(({ status, step, loss, metrics, validation, stepsPerSecond, opened }) => ({
    status,
    step,
    loss,
    metrics,
    validation,
    stepsPerSecond,
    summary: opened?.summary,
  }));
  const batchSize = useExperiment(({ experiment }) => experiment?.batchSize ?? 0);
  const { status, step, loss, stepsPerSecond, summary } = run;
  const parts = [t("status", { step: formatNumber(step), loss: loss === undefined ? "–" : formatNumber(loss) })];
  const accuracy = run.metrics.accuracy ?? run.validation?.accuracy;
  if (accuracy !== undefined) parts.push(`${(100 * accuracy).toFixed(1)} %`);
  const pace: string[] = [];
  if (status === "training" && stepsPerSecond !== undefined && summary !== undefined) {
    pace.push(t("samplesPerSecond", { rate: formatQuantity(stepsPerSecond * batchSize) }));
    pace.push(t("stepTime", { time: formatDuration(1 / stepsPerSecond) }));
    const left = summary.totalSteps - step;
    const ofEpoch = summary.stepsPerEpoch - (step % summary.stepsPerEpoch);
    pace.push(t("epochLeft", { time: formatDuration(ofEpoch / stepsPerSecond) }));
    if (Number.isFinite(left) && left > 0) pace.push(t("timeLeft", { time: formatDuration(left / stepsPerSecond) }));
  }
  if (status === "opening") parts.push(t("opening"));
  if (status === "invalid") parts.push(t("notReady"));
  if (status === "finished") parts.push(t("finished"));
  if (status === "failed") parts.push(t("failed"));
  return (
    // As wide whatever it says, so that the buttons before it stay under the pointer.
    <div className="min-w-0 flex-[0_1_27rem]">
      <p
        role="status"
        // While it trains the line changes many times a second; the narration tells screen readers now and then.
        aria-live={status === "training" ? "off" : "polite"}
        className={classNames(
          "text-muted max-xl:text-xs max-sm:line-clamp-2 max-sm:leading-snug max-sm:whitespace-normal",
          pace.length > 0 ? "truncate" : "line-clamp-2 leading-snug",
        )}
        title={parts.join(" · ")}
      >
        {parts.join(" · ")}
      </p>
      {pace.length > 0 && (
        <p className="truncate text-xs text-faint max-sm:hidden" title={pace.join(" · ")}>
          {pace.join(" · ")}
        </p>
      )}
      <Narration />
    </div>
  );
}

/** Says aloud where training stands, seldom enough to be heard out. */
function Narration() {
  const { t } = useTranslation("shell");
  const { run } = usePlayground();
  const isTraining = useRun(({ status }) => status === "training");
  const [sentence, setSentence] = useState("");
  const say = useRef(t);
  say.current = t;
  useEffect(() => {
    if (!isTraining) return;
    const timer = setInterval(() => {
      const { step, loss } = run.getState();
      if (loss !== undefined) setSentence(say.current("narration", { step, loss: formatNumber(loss, 3) }));
    }, NARRATION_MS);
    return () => clearInterval(timer);
  }, [isTraining, run]);
  return (
    <p aria-live="polite" className="sr-only">
      {sentence}
    </p>
  );
}

function formatDuration(seconds: number): string {
  if (seconds < 1)
    return seconds < 0.001 ? `${(seconds * 1e6).toFixed(0)} µs` : `${Number((seconds * 1e3).toPrecision(3))} ms`;
  if (seconds < 60) return `${Number(seconds.toPrecision(2))} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
