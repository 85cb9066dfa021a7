import { Menu } from "@base-ui/react/menu";
import { useTranslation } from "react-i18next";
import { groupOf, nodesAmong } from "../../app/edits/groups.ts";
import { useExperiment } from "../playground.tsx";
import { focusPanel } from "../shell/focus-panel.ts";
import { useHidden } from "../shell/use-hidden.ts";
import type { CanvasActions } from "./canvas-actions.ts";
import { useCanvas, useCanvasStore } from "./canvas-store.ts";
import type { ClipboardActions } from "./clipboard-actions.ts";
import type { Point } from "./layout/box.ts";
import type { Walking } from "./walking.ts";

interface CanvasMenuProps {
  readonly actions: CanvasActions;
  readonly clipboard: ClipboardActions;
  readonly walking: Walking;
  readonly toCanvas: (point: Point) => Point;
}

interface Item {
  readonly label: string;
  readonly keys?: string;
  readonly act: () => void;
}

/** All that can be done with what is selected, or with the network where nothing is. Loaded when it is first asked for. */
export function CanvasMenu({ actions, clipboard, walking, toCanvas }: CanvasMenuProps) {
  const { t } = useTranslation("canvas");
  const canvas = useCanvasStore();
  const isInspectorHidden = useHidden("inspector");
  const menu = useCanvas((state) => state.menu);
  const { model, selection } = useExperiment(({ experiment, selection }) => ({ model: experiment?.model, selection }));
  if (menu === undefined || model === undefined) return null;
  const [selected] = selection;
  const group = selection.length === 1 && selected !== undefined ? groupOf(model, selected) : undefined;
  const nodes = nodesAmong(model, selection);
  const isOne = selection.length === 1 && selected !== undefined && nodes.length > 0;

  const ofOne: readonly Item[] =
    isOne && selected !== undefined
      ? [
          ...(isInspectorHidden ? [] : [{ label: t("settings"), keys: "Enter", act: () => focusPanel("inspector") }]),
          { label: t("rename"), keys: "F2", act: () => actions.rename(selected) },
          { label: t("connect"), keys: "C", act: () => walking.startConnecting(selected) },
        ]
      : [];
  const ofNodes: readonly Item[] =
    nodes.length > 0
      ? [
          {
            label: t("cut"),
            keys: "Ctrl+X",
            act: async () => {
              if (await clipboard.copy()) actions.remove();
            },
          },
          { label: t("copy"), keys: "Ctrl+C", act: clipboard.copy },
          { label: t("duplicate"), keys: "Ctrl+D", act: actions.duplicate },
        ]
      : [];
  const ofGroups: readonly Item[] = [
    ...(nodes.length > 0 && group === undefined ? [{ label: t("group"), keys: "Ctrl+G", act: actions.group }] : []),
    ...(group
      ? [
          { label: group.collapsed ? t("expand") : t("collapse"), act: () => actions.toggleGroup(group.id) },
          { label: t("ungroup"), keys: "Ctrl+Shift+G", act: actions.ungroup },
        ]
      : []),
  ];
  const ofNetwork: readonly Item[] = [
    { label: t("paste"), keys: "Ctrl+V", act: () => clipboard.pasteFromClipboard(toCanvas(menu)) },
    { label: t("selectAll"), keys: "Ctrl+A", act: actions.selectAll },
    { label: t("arrange"), act: actions.arrange },
    { label: t("fit"), keys: "F", act: actions.fit },
    { label: t("newNetwork"), act: actions.begin },
  ];
  const removal: readonly Item[] =
    selection.length > 0 ? [{ label: t("delete"), keys: "Del", act: actions.remove }] : [];
  const sections = [ofOne, ofNodes, ofGroups, ofNetwork, removal].filter((items) => items.length > 0);

  return (
    <Menu.Root open onOpenChange={() => canvas.setState({ menu: undefined })}>
      <Menu.Portal>
        <Menu.Positioner
          className="z-50"
          align="start"
          anchor={{ getBoundingClientRect: () => new DOMRect(menu.x, menu.y, 0, 0) }}
        >
          <Menu.Popup
            finalFocus={false}
            aria-label={t("actions")}
            className="min-w-52 rounded-lg border border-line bg-panel p-1 shadow-card outline-none"
          >
            {sections.map((items, k) => (
              <Menu.Group key={items[0]?.label} className={k > 0 ? "mt-1 border-t border-line pt-1" : undefined}>
                {items.map(({ label, keys, act }) => (
                  <Menu.Item
                    key={label}
                    onClick={act}
                    className="flex min-h-7 cursor-default items-center gap-6 rounded-md px-2 data-highlighted:bg-sunken pointer-coarse:min-h-10"
                  >
                    <span className="flex-1">{label}</span>
                    {keys && <kbd className="font-mono text-xs text-faint">{keys}</kbd>}
                  </Menu.Item>
                ))}
              </Menu.Group>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
