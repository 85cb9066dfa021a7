import type { ReactNode } from "react";
import { classNames } from "../primitives/class-names.ts";

interface SampleTileProps {
  /** What it is, for those who cannot see it. */
  readonly label: string;
  readonly isSubject: boolean;
  readonly onPick: (() => void) | undefined;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A sample; a click makes it the one that the views look at, where it may be. */
export function SampleTile({ label, isSubject, onPick, children, className }: SampleTileProps) {
  const look = classNames(
    "min-w-0 rounded-md text-left",
    isSubject && "ring-2 ring-accent ring-offset-1 ring-offset-panel",
    className,
  );
  if (onPick === undefined) return <div className={look}>{children}</div>;
  return (
    <button type="button" aria-label={label} title={label} aria-pressed={isSubject} onClick={onPick} className={look}>
      {children}
    </button>
  );
}
