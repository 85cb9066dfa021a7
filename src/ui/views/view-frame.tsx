import { createContext, type ReactNode, use } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { ViewState } from "../../app/views-store.ts";
import { formatNumber } from "../format.ts";
import { useText } from "../i18n.ts";
import { useRun } from "../playground.tsx";

/** Where a view says which step its picture is of: at the end of the row of tabs. */
export const StepPlace = createContext<HTMLElement | null>(null);

interface ViewFrameProps<P> {
  readonly view: Omit<ViewState, "payload"> & { readonly payload?: P };
  readonly children: (payload: P) => ReactNode;
}

/** A view's picture; before it comes a calm place of its size, and where it cannot be shown the reason. */
export function ViewFrame<P>({ view: { payload, step, problem }, children }: ViewFrameProps<P>) {
  const { t } = useTranslation("views");
  const text = useText();
  const place = use(StepPlace);
  const isInvalid = useRun(({ status }) => status === "invalid");
  if (problem !== undefined) {
    // It may ask for a layer that is on the canvas, and in nothing that could be opened yet.
    const sentence = isInvalid ? t("notReady") : text(problem.text);
    return <p className="m-auto max-w-prose p-3 text-center text-muted">{sentence}</p>;
  }
  if (payload === undefined) {
    return (
      <div className="grid min-h-24 flex-1 place-items-center rounded-lg bg-sunken/60 text-muted">
        <span className="flex items-center gap-2">
          <span aria-hidden className="size-1.5 animate-pulse rounded-full bg-accent" />
          {t("coming")}
        </span>
      </div>
    );
  }
  return (
    <>
      {place !== null &&
        step !== undefined &&
        createPortal(<span className="text-xs">{t("step", { step: formatNumber(step) })}</span>, place)}
      {children(payload)}
    </>
  );
}
