import { useReactFlow } from "@xyflow/react";
import { Maximize, Minus, Plus, Workflow } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../primitives/icon-button.tsx";
import type { CanvasActions } from "./canvas-actions.ts";

interface CanvasControlsProps {
  readonly actions: CanvasActions;
  readonly onZoom: () => void;
  readonly onFit: () => void;
}

/** Closer, farther, all of it, in order. */
export function CanvasControls({ actions, onZoom, onFit }: CanvasControlsProps) {
  const { t } = useTranslation("canvas");
  const { zoomIn, zoomOut } = useReactFlow();
  return (
    <div
      role="toolbar"
      aria-label={t("view")}
      className="flex rounded-lg border border-line bg-panel p-0.5 shadow-card"
    >
      <IconButton label={t("arrange")} onClick={actions.arrange}>
        <Workflow size={15} />
      </IconButton>
      <IconButton
        label={t("zoomOut")}
        onClick={() => {
          onZoom();
          zoomOut({ duration: 120 });
        }}
      >
        <Minus size={15} />
      </IconButton>
      <IconButton
        label={t("fit")}
        shortcut="F"
        onClick={() => {
          onFit();
          actions.fit();
        }}
      >
        <Maximize size={14} />
      </IconButton>
      <IconButton
        label={t("zoomIn")}
        onClick={() => {
          onZoom();
          zoomIn({ duration: 120 });
        }}
      >
        <Plus size={15} />
      </IconButton>
    </div>
  );
}
