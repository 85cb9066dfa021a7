import { CornerDownLeft } from "lucide-react";
import { type KeyboardEvent, type Ref, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LayerDescription } from "../../app/engine-types.ts";
import { DRAGGED_LAYER } from "../canvas/dragged-layer.ts";
import { startLayerDrag } from "../canvas/layer-drag.ts";
import { FamilySquare } from "../fields/family-square.tsx";
import { useText } from "../i18n.ts";
import { groupedLayers } from "./search-layers.ts";
import { useTypeAhead } from "./use-type-ahead.ts";

interface LayerListProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly id: string;
  readonly layers: readonly LayerDescription[];
  readonly onAdd: (layer: LayerDescription) => void;
  /** The layer under the pointer, or with the focus. */
  readonly onShow: (layer: LayerDescription) => void;
}

/** Layers by family, as one list to move in with arrow keys, Home, End and the first letters of a name. */
export function LayerList({ ref, id, layers, onAdd, onShow }: LayerListProps) {
  const { t } = useTranslation("palette");
  const text = useText();
  const headings = useId();
  const groups = groupedLayers(layers);
  const inOrder = groups.flatMap((group) => group.layers);
  const [active, setActive] = useState<string>();
  // The one item that the Tab key leads to.
  const current = inOrder.some(({ kind }) => kind === active) ? active : inOrder[0]?.kind;
  const typeAhead = useTypeAhead();

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, layer: LayerDescription) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const place = inOrder.indexOf(layer);
    const move = (to: number) => {
      const next = inOrder[Math.min(inOrder.length - 1, Math.max(0, to))];
      event.currentTarget.closest("[role=listbox]")?.querySelector<HTMLElement>(`[data-kind="${next?.kind}"]`)?.focus();
    };
    const isLetter = /^[\p{L}\p{N}]$/u.test(event.key);
    if (!isLetter) typeAhead.end();
    if (event.key === "ArrowDown") move(place + 1);
    else if (event.key === "ArrowUp") move(place - 1);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(inOrder.length - 1);
    else if (event.key === "Enter") onAdd(layer);
    else if (isLetter) {
      const to = typeAhead.find(
        event.key,
        place,
        inOrder.map(({ kind }) => kind),
      );
      if (to !== undefined) move(to);
    } else return;
    event.preventDefault();
  };

  return (
    <div
      ref={ref}
      id={id}
      role="listbox"
      aria-label={t("layers")}
      className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1 pb-2"
    >
      {groups.map(({ family, layers: members }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form controls
        <div key={family} role="group" aria-labelledby={`${headings}${family}`} className="pt-1.5">
          <div
            id={`${headings}${family}`}
            role="presentation"
            className="py-0.5 pl-1.5 text-xs font-semibold text-muted"
          >
            {t(`families.${family}`)}
          </div>
          {members.map((layer) => (
            <div
              key={layer.kind}
              role="option"
              aria-selected={layer.kind === active}
              aria-description={text(layer.help)}
              data-kind={layer.kind}
              tabIndex={layer.kind === current ? 0 : -1}
              draggable
              onDragStart={(event) => {
                event.dataTransfer.setData(DRAGGED_LAYER, layer.kind);
                event.dataTransfer.effectAllowed = "copy";
              }}
              onPointerDown={({ pointerType, pointerId, clientX: x, clientY: y }) =>
                pointerType !== "mouse" && startLayerDrag(layer.kind, { x, y }, pointerId)
              }
              onClick={() => onAdd(layer)}
              onKeyDown={(event) => onKeyDown(event, layer)}
              onPointerEnter={() => onShow(layer)}
              onFocus={() => {
                setActive(layer.kind);
                onShow(layer);
              }}
              className="group/layer flex touch-pan-y min-h-6.5 cursor-grab items-center gap-2 rounded-md px-1.5 -outline-offset-2 hover:bg-sunken focus:bg-sunken active:cursor-grabbing pointer-coarse:min-h-10"
            >
              <FamilySquare family={family} />
              <span className="truncate">{layer.kind}</span>
              <CornerDownLeft
                size={13}
                aria-hidden
                className="ml-auto shrink-0 text-faint opacity-0 group-hover/layer:opacity-100 group-focus/layer:opacity-100"
              />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
