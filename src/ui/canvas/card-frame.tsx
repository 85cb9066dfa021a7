import { Handle, Position } from "@xyflow/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { classNames } from "../primitives/class-names.ts";

interface CardFrameProps {
  readonly selected: boolean;
  readonly hasProblem: boolean;
  readonly hasInput: boolean;
  readonly input: Position | undefined;
  readonly output: Position | undefined;
  readonly children: ReactNode;
  readonly footer: ReactNode;
}

/** The look of a card, with the handles that edges come in and go out at. */
export function CardFrame({ selected, hasProblem, hasInput, input, output, children, footer }: CardFrameProps) {
  const { t } = useTranslation("canvas");
  return (
    <>
      <div
        className={classNames(
          "w-39 overflow-hidden rounded-xl border bg-panel shadow-card",
          selected ? "border-accent ring-2 ring-accent/25" : hasProblem ? "border-bad" : "border-line",
        )}
      >
        {children}
        <footer className="flex h-6.75 items-center justify-between gap-2 border-t border-line px-3 font-mono text-[10.5px] text-muted">
          {footer}
        </footer>
      </div>
      {/* An Input has none to connect to, but keeps the place, which xyflow knows of. */}
      <Handle
        type="target"
        position={input ?? Position.Left}
        isConnectable={hasInput}
        className={hasInput ? undefined : "invisible!"}
        title={t("inputHandle")}
      />
      <Handle type="source" position={output ?? Position.Right} title={t("outputHandle")} />
    </>
  );
}
