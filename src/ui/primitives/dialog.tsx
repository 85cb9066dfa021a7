import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { classNames } from "./class-names.ts";
import { IconButton } from "./icon-button.tsx";

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Whether the focus goes back to what opened it; without this, always. */
  readonly givesFocusBack?: () => boolean;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A window over the page; Escape and a click beside it close it. */
export function Dialog({ title, isOpen, onClose, givesFocusBack = () => true, children, className }: DialogProps) {
  const { t } = useTranslation("shell");
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          finalFocus={givesFocusBack}
          className={classNames(
            "fixed top-1/2 left-1/2 z-50 flex max-h-[min(90dvh,52rem)] w-[min(94vw,40rem)] -translate-1/2 flex-col rounded-2xl border border-line bg-panel shadow-card",
            className,
          )}
        >
          <div className="flex items-center justify-between gap-2 px-5 pt-4 pb-2">
            <Base.Title className="text-base font-semibold">{title}</Base.Title>
            <Base.Close
              render={
                <IconButton label={t("close")}>
                  <X size={16} />
                </IconButton>
              }
            />
          </div>
          <div className="min-h-0 overflow-auto px-5 pb-5">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
