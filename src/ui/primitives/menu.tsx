import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";

interface MenuItem {
  readonly label: string;
  readonly onSelect: () => void;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  readonly disabled?: boolean;
}

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly items: readonly (MenuItem | "separator")[];
}

export function Menu({ trigger, items }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50">
          <Base.Popup className="min-w-44 rounded-lg border border-line bg-panel p-1 shadow-card">
            {items.map((item, k) =>
              item === "separator" ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the items of a menu keep their places
                <Base.Separator key={k} className="my-1 h-px bg-line" />
              ) : (
                <Base.Item
                  key={item.label}
                  onClick={item.onSelect}
                  disabled={item.disabled ?? false}
                  className="flex cursor-default items-center gap-2 rounded-md px-2 py-1.5 data-disabled:opacity-45 data-highlighted:bg-sunken"
                >
                  {item.icon}
                  <span className="flex-1">{item.label}</span>
                  {item.shortcut && <kbd className="font-mono text-xs text-faint">{item.shortcut}</kbd>}
                </Base.Item>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
