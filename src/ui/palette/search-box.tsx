import { Search } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { isComposing } from "../primitives/is-composing.ts";
import { isTyping } from "../shell/use-shortcuts.ts";

interface SearchBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Arrow down: into the list. */
  readonly onLeave: () => void;
  /** Enter: what is found first. */
  readonly onTake: () => void;
  readonly listId: string;
}

/** Finds layers as one types; the key "/" leads here from anywhere. */
export function SearchBox({ value, onChange, onLeave, onTake, listId }: SearchBoxProps) {
  const { t } = useTranslation("palette");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.select();
      input.current?.focus();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <div className="relative mb-1 shrink-0">
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
      />
      <input
        ref={input}
        type="search"
        aria-label={t("find")}
        aria-controls={listId}
        aria-keyshortcuts="/"
        placeholder={t("find")}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === "ArrowDown") onLeave();
          else if (event.key === "Enter") onTake();
          else if (event.key === "Escape" && value !== "") onChange("");
          else return;
          event.preventDefault();
        }}
        className="h-8 w-full rounded-lg border border-transparent bg-sunken pr-8 pl-8 placeholder:text-muted hover:border-line-strong pointer-coarse:h-10 [&::-webkit-search-cancel-button]:hidden"
      />
      <kbd
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 rounded border border-line-strong px-1.5 font-mono text-xs text-muted pointer-coarse:hidden"
      >
        /
      </kbd>
    </div>
  );
}
