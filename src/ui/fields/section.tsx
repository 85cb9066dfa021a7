import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface SectionProps {
  readonly title: string;
  /** The gist of what is in it, beside the title. */
  readonly aside?: ReactNode;
  readonly isOpenAtFirst?: boolean;
  readonly children: ReactNode;
}

/** A group of settings that can be folded away. */
export function Section({ title, aside, isOpenAtFirst = true, children }: SectionProps) {
  return (
    <details open={isOpenAtFirst} className="group/section border-t border-line py-1 first:border-t-0">
      <summary className="flex min-h-7 cursor-pointer list-none items-center gap-1 rounded text-xs font-semibold text-muted hover:text-text pointer-coarse:min-h-10 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={12}
          aria-hidden
          className="shrink-0 text-faint transition-transform group-open/section:rotate-90"
        />
        {title}
        {aside !== undefined && <span className="ml-auto truncate font-normal text-faint">{aside}</span>}
      </summary>
      <div className="space-y-1 pb-2">{children}</div>
    </details>
  );
}
