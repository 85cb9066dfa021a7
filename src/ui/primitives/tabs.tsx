import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface TabsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly tabs: readonly { readonly value: T; readonly label: string; readonly content: () => ReactNode }[];
  readonly onChange: (value: T) => void;
  /** "line": words in a row, as above charts. "boxed": a row of equal buttons. */
  readonly look?: "line" | "boxed";
  /** Beside the tabs, at the end of their row. */
  readonly aside?: ReactNode;
  readonly className?: string;
}

/** Only the panel in sight is drawn. */
export function Tabs<T extends string>({
  label,
  value,
  tabs,
  onChange,
  look = "line",
  aside,
  className,
}: TabsProps<T>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className={classNames("flex min-h-0 flex-col", className)}
    >
      <div className="flex shrink-0 items-center gap-2">
        <Base.List
          aria-label={label}
          className={
            look === "boxed"
              ? "flex flex-1 rounded-lg bg-sunken p-0.5"
              : // Base UI scrolls to the chosen tab by its offset, which is to be that within the list.
                // What does not fit fades away at the end.
                "relative flex min-w-0 gap-3.5 overflow-x-auto mask-r-from-[calc(100%-1rem)] pr-4 whitespace-nowrap"
          }
        >
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              value={tab.value}
              className={
                look === "boxed"
                  ? "min-h-6 flex-1 rounded-md px-2 text-muted data-active:bg-panel data-active:font-medium data-active:text-text data-active:shadow-card pointer-coarse:min-h-9"
                  : "min-h-6 rounded px-0.5 text-muted hover:text-text data-active:font-semibold data-active:text-text pointer-coarse:min-h-9"
              }
            >
              {tab.label}
            </Base.Tab>
          ))}
        </Base.List>
        {aside && <div className="ml-auto flex items-center gap-1 text-faint">{aside}</div>}
      </div>
      {tabs.map((tab) => (
        <Base.Panel
          key={tab.value}
          value={tab.value}
          className="flex min-h-0 flex-1 flex-col pt-2 outline-offset-[-2px]"
        >
          {tab.content()}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
