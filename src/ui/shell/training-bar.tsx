import { Pause, Play, SkipBack, StepForward } from "lucide-react";
import { useTranslation } from "react-i18next";
import { usePlayground, useRun } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";
import { IconButton } from "../primitives/icon-button.tsx";
import { Select } from "../primitives/select.tsx";
import { useHidden } from "./use-hidden.ts";

const SPEEDS = ["full", "30", "5", "1"] as const;

/** Train, pause, single steps, back to the start, and how fast. */
export function TrainingBar({ hasSpeed }: { readonly hasSpeed: boolean }) {
  const { t } = useTranslation("shell");
  const { conductor } = usePlayground();
  const { status, speed, resumes } = useRun(({ status, speed, resumes }) => ({ status, speed, resumes }));
  const isSpeedHidden = useHidden("speed");
  const isTraining = status === "training" || resumes;
  const canStep = status !== "opening" && status !== "invalid";
  return (
    <div className="flex shrink-0 items-center gap-1">
      <IconButton label={t("rewind")} disabled={!canStep} onClick={() => conductor.rewind()}>
        <SkipBack size={16} />
      </IconButton>
      <Button
        look="primary"
        className="min-w-24"
        disabled={status === "invalid" && !resumes}
        aria-keyshortcuts="Space"
        onClick={() => conductor.toggle()}
      >
        {isTraining ? (
          <Pause size={14} fill="currentColor" aria-hidden />
        ) : (
          <Play size={14} fill="currentColor" aria-hidden />
        )}
        {isTraining ? t("pause") : t("train")}
      </Button>
      <IconButton label={t("step")} disabled={!canStep} onClick={() => conductor.step()}>
        <StepForward size={16} />
      </IconButton>
      {hasSpeed && !isSpeedHidden && (
        <Select
          label={t("speed")}
          value={speed === null ? "full" : String(speed)}
          onChange={(value) => conductor.setSpeed(value === "full" ? null : Number(value))}
          options={SPEEDS.map((value) => ({
            value,
            label: value === "full" ? t("speedFull") : t("speedPerSecond", { count: Number(value) }),
          }))}
          className="w-30"
        />
      )}
    </div>
  );
}
