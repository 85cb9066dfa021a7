import { RotateCcw, Zap } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";

interface FieldRowProps {
  readonly label: string;
  /** What it does, in a sentence or two: a tooltip of the label, a description of the control, and a text to open. */
  readonly help: string;
  /** It may be changed while it trains. */
  readonly isLive?: boolean;
  /** Puts the default back; left out where it stands at its default. */
  readonly onReset?: (() => void) | undefined;
  /** The default, as the button that puts it back names it. */
  readonly defaultText?: string;
  readonly control: (describedBy: string) => ReactNode;
  /** Across the whole width under label and control, such as a slider. */
  readonly below?: ((describedBy: string) => ReactNode) | undefined;
}

/** A label and a control beside it. The label opens what there is to say about it. */
export function FieldRow({ label, help, isLive, onReset, defaultText, control, below }: FieldRowProps) {
  const { t } = useTranslation("inspector");
  const [isOpen, setIsOpen] = useState(false);
  const helpId = useId();
  const explanation = isLive ? `${help} ${t("field.live")}` : help;
  return (
    <div className="@container">
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,45%)] items-start gap-x-2 @min-[14.5rem]:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
        <div className="flex min-h-7 min-w-0 items-center gap-1 pointer-coarse:min-h-9">
          <button
            type="button"
            aria-label={t("field.explain", { label })}
            aria-expanded={isOpen}
            aria-controls={helpId}
            title={explanation}
            onClick={() => setIsOpen(!isOpen)}
            className="min-h-6 min-w-6 cursor-help rounded text-left leading-tight text-muted decoration-dotted underline-offset-3 hover:underline aria-expanded:text-text pointer-coarse:underline"
          >
            {label}
            {isLive && <Zap size={10} aria-hidden className="ml-1 inline-block align-baseline text-accent" />}
          </button>
          {onReset !== undefined && (
            <button
              type="button"
              aria-label={t("field.reset", { label, value: defaultText })}
              title={t("field.resetTo", { value: defaultText })}
              onClick={onReset}
              className="-mx-0.5 grid size-6 shrink-0 place-items-center rounded text-faint hover:bg-sunken hover:text-text pointer-coarse:size-8"
            >
              <RotateCcw size={11} aria-hidden />
            </button>
          )}
        </div>
        <div className="flex min-h-7 min-w-0 flex-col justify-center pointer-coarse:min-h-9">{control(helpId)}</div>
      </div>
      {below !== undefined && <div className="-my-1 px-[7px]">{below(helpId)}</div>}
      <p id={helpId} hidden={!isOpen} className="mt-0.5 mb-1 border-l-2 border-line-strong pl-2 text-xs text-muted">
        {explanation}
      </p>
    </div>
  );
}
