import { type PointerEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { NodeSpec } from "../../app/engine-types.ts";
import { VIEWED_LAYERS, type ViewPayload } from "../../app/views.ts";
import { PixelMap } from "../pixels/pixel-map.tsx";
import { viridis } from "../pixels/ramp.ts";
import { classNames } from "../primitives/class-names.ts";
import { useSubject } from "../use-subject.ts";
import { LayerSelect, useLayerChoice } from "./layer-select.tsx";
import { formatPercent } from "./percent.ts";
import { SubjectChooser } from "./subject-chooser.tsx";
import { useHeldView } from "./use-held-view.ts";
import { ViewFrame } from "./view-frame.tsx";
import { visibleToken } from "./visible-token.ts";

const ATTENTIVE: readonly string[] = VIEWED_LAYERS.attention;

/** Where each head of an attention layer looks, from every step. */
export function Attention() {
  const subject = useSubject();
  const { layers, node } = useLayerChoice("attention", ({ layer }: NodeSpec) => ATTENTIVE.includes(layer));
  const view = useHeldView("attention", node === undefined ? undefined : { node, subject });
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {node !== undefined && <LayerSelect view="attention" layers={layers} value={node} />}
        <SubjectChooser />
      </div>
      <ViewFrame view={view}>{(payload) => <Heads payload={payload} />}</ViewFrame>
    </div>
  );
}

function Heads({ payload }: { readonly payload: ViewPayload<"attention"> }) {
  const { t } = useTranslation("views");
  const { heads, queries, keys, values, tokens } = payload;
  const [chosen, setChosen] = useState({ head: 0, query: Number.POSITIVE_INFINITY });
  const [key, setKey] = useState<number>();
  const head = Math.min(chosen.head, heads - 1);
  const query = Math.min(chosen.query, queries - 1);
  const row = values.subarray((head * queries + query) * keys, (head * queries + query + 1) * keys);
  const strongest = row.indexOf(Math.max(...row));
  const to = key !== undefined && key < keys ? key : strongest;
  const named = (place: number) => (tokens?.[place] === undefined ? `${place}` : `“${visibleToken(tokens[place])}”`);
  const said = t("attends", {
    head: head + 1,
    from: named(query),
    to: named(to),
    share: formatPercent(row[to] ?? Number.NaN),
  });
  const onPointer = (event: PointerEvent, over: number) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const from = Math.floor(((event.clientY - top) / height) * queries);
    const at = Math.floor(((event.clientX - left) / width) * keys);
    if (from < 0 || from >= queries || at < 0 || at >= keys) return;
    setChosen({ head: over, query: from });
    setKey(at);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1.5 overflow-auto">
      <ul className="grid shrink-0 grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2 p-0.5">
        {Array.from({ length: heads }, (_, k) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: heads are known by their place
          <li key={k} className="max-w-56 min-w-0">
            <div
              className={classNames("relative rounded-md", k === head && "outline-2 outline-offset-1 outline-accent")}
              onPointerMove={(event) => onPointer(event, k)}
              onPointerDown={(event) => onPointer(event, k)}
              onPointerLeave={() => setKey(undefined)}
            >
              <PixelMap
                values={values}
                offset={k * queries * keys}
                rows={queries}
                columns={keys}
                ramp={viridis}
                label={t("headLabel", { head: k + 1, queries, keys })}
                className="block w-full rounded-md"
                style={{ aspectRatio: `${keys} / ${queries}` }}
              />
              {k === head && (
                <span
                  aria-hidden
                  className="pointer-events-none absolute inset-x-0 border-y border-line"
                  style={{ top: `${(100 * query) / queries}%`, height: `${100 / queries}%` }}
                />
              )}
            </div>
            <button
              type="button"
              aria-pressed={k === head}
              onClick={() => setChosen({ head: k, query })}
              className="mt-0.5 w-full rounded text-xs text-muted aria-pressed:font-medium aria-pressed:text-accent pointer-coarse:min-h-8"
            >
              {t("head", { head: k + 1 })}
            </button>
          </li>
        ))}
      </ul>
      <label className="flex shrink-0 items-center gap-2 text-xs text-muted">
        {t("from")}
        <input
          type="range"
          min={0}
          max={queries - 1}
          value={query}
          onChange={(event) => setChosen({ head, query: Number(event.target.value) })}
          aria-valuetext={named(query)}
          className="min-w-20 flex-1 accent-accent"
        />
      </label>
      <p className="shrink-0 text-xs">{said}</p>
      <p className="shrink-0 font-mono text-xs leading-relaxed break-all">
        {Array.from({ length: keys }, (_, place) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: tokens are known by their place
            key={place}
            title={formatPercent(row[place] as number)}
            className={classNames(
              "rounded-[3px] px-px",
              place === query && "underline decoration-2 underline-offset-2",
            )}
            style={{
              background: `color-mix(in srgb, var(--accent) ${shade(row[place] as number, row[strongest] as number)}%, transparent)`,
            }}
          >
            {tokens ? visibleToken(tokens[place] ?? "") : `${place} `}
          </span>
        ))}
      </p>
    </div>
  );
}

/** How strongly a token is marked, in percent: the strongest so that it can still be read. */
function shade(weight: number, strongest: number): number {
  return strongest > 0 ? Math.round(38 * Math.sqrt(weight / strongest)) : 0;
}
