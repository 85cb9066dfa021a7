import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LayerDescription } from "../../app/engine-types.ts";
import { useText } from "../i18n.ts";
import { useCatalogue } from "../playground.tsx";
import { LayerList } from "./layer-list.tsx";
import { SearchBox } from "./search-box.tsx";
import { bestLayer, foundLayers } from "./search-layers.ts";
import { useAddLayer } from "./use-add-layer.ts";

/** All layers and blocks: to be found, dragged onto the canvas, or added behind what is selected. */
export function Palette() {
  const { t } = useTranslation("palette");
  const text = useText();
  const catalogue = useCatalogue();
  const addLayer = useAddLayer();
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState<LayerDescription>();
  const [news, setNews] = useState("");
  if (catalogue === undefined) return null;
  const found = foundLayers(catalogue.layers, search, (family) => t(`families.${family}`));

  const add = (layer: LayerDescription) => {
    const added = addLayer(layer);
    const { kind } = layer;
    if (added === undefined) setNews(t("full"));
    else if (added.after === undefined) setNews(t("added", { kind, id: added.id }));
    else setNews(t("addedAfter", { kind, ...added }));
  };
  const show = (layer: LayerDescription) => {
    if (layer !== shown) setNews("");
    setShown(layer);
  };
  const focusFirst = () => list.current?.querySelector<HTMLElement>("[role=option]")?.focus();

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <SearchBox
        value={search}
        onChange={setSearch}
        onLeave={focusFirst}
        onTake={() => {
          const best = bestLayer(found, search);
          if (search !== "" && best !== undefined) add(best);
        }}
        listId={listId}
      />
      {found.length > 0 ? (
        <LayerList ref={list} id={listId} layers={found} onAdd={add} onShow={show} />
      ) : (
        <p className="flex-1 px-1 py-3 text-muted">{t("nothing", { search })}</p>
      )}
      <p className="min-h-[4.6em] shrink-0 border-t border-line pt-1.5 text-xs leading-snug text-muted" aria-hidden>
        {news || (shown === undefined ? t("howTo") : `${shown.kind}: ${text(shown.help)}`)}
      </p>
      <p aria-live="polite" className="sr-only">
        {news}
      </p>
    </div>
  );
}
