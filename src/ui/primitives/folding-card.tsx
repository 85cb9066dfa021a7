import { ChevronDown, type LucideIcon } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

interface FoldingCardProps {
  readonly title: string;
  readonly icon: LucideIcon;
  /** Stands beside the title while it is folded. */
  readonly summary?: string | undefined;
  readonly isFoldedAtFirst: boolean;
  readonly children: ReactNode;
}

/** A card over the canvas that can be folded to its title, where room is dear. */
export function FoldingCard({ title, icon: Icon, summary, isFoldedAtFirst, children }: FoldingCardProps) {
  const [isFolded, setIsFolded] = useState(isFoldedAtFirst);
  const contentId = useId();
  return (
    <section aria-label={title} className="w-full max-w-80 rounded-xl border border-line bg-panel shadow-card">
      <button
        type="button"
        aria-expanded={!isFolded}
        aria-controls={contentId}
        onClick={() => setIsFolded(!isFolded)}
        className="flex w-full items-center gap-2 rounded-xl px-3.5 py-2 text-left font-semibold pointer-coarse:py-3"
      >
        <Icon size={14} aria-hidden className="shrink-0 text-accent" />
        <span className="min-w-0 flex-1 truncate">
          {title}
          {isFolded && summary && <span className="ml-2 font-normal text-muted">{summary}</span>}
        </span>
        <ChevronDown size={14} aria-hidden className={isFolded ? "" : "rotate-180"} />
      </button>
      <div id={contentId} hidden={isFolded} className="max-h-[40vh] overflow-auto px-3.5 pb-3">
        {children}
      </div>
    </section>
  );
}
