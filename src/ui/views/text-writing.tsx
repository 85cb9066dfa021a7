import { Check, Copy, Dices } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRun } from "../playground.tsx";
import { IconButton } from "../primitives/icon-button.tsx";
import { ScrollArea } from "../primitives/scroll-area.tsx";
import { Select } from "../primitives/select.tsx";
import { Slider } from "../primitives/slider.tsx";
import { useResults } from "./results-store.ts";
import { useCalm } from "./use-calm.ts";
import { useHeldView } from "./use-held-view.ts";
import { ViewFrame } from "./view-frame.tsx";

const LENGTHS = ["100", "200", "400", "800"] as const;

/** A prompt is taken over this long after the last key, in milliseconds. */
const TYPED_MS = 250;

type TextSettings = ReturnType<typeof useResults.getState>["text"];

/** How the model goes on with a prompt, written anew as it learns. */
export function TextWriting() {
  const { t } = useTranslation("views");
  const text = useResults((state) => state.text);
  const asked = useCalm(useDeferredValue(text), TYPED_MS);
  const view = useHeldView("text", asked);
  const { known } = useRun(({ opened }) => ({ known: opened?.data.inputs[0]?.categories }));
  const unknown = known && [...new Set(text.prompt)].filter((character) => !known.includes(character)).join(" ");
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <input
          aria-label={t("prompt")}
          placeholder={t("prompt")}
          value={text.prompt}
          maxLength={500}
          onChange={(event) => set({ prompt: event.target.value })}
          className="h-7 min-w-28 flex-1 rounded-md border border-line bg-bg px-2 hover:border-line-strong pointer-coarse:h-9"
        />
        <div className="flex w-40 items-center gap-2 text-xs text-muted">
          <span aria-hidden>{t("temperature")}</span>
          <div className="min-w-12 flex-1">
            <Slider
              label={t("temperature")}
              value={text.temperature}
              min={0}
              max={1.5}
              step={0.1}
              onChange={(temperature) => set({ temperature })}
            />
          </div>
          <span className="w-5 text-right text-text">{text.temperature.toFixed(1)}</span>
        </div>
        <Select
          label={t("length")}
          value={String(text.length) as (typeof LENGTHS)[number]}
          onChange={(length) => set({ length: Number(length) })}
          options={LENGTHS.map((value) => ({ value, label: t("characters", { count: Number(value) }) }))}
          className="w-34"
        />
        <IconButton label={t("newSample")} onClick={() => set({ seed: text.seed + 1 })} className="size-7">
          <Dices size={15} />
        </IconButton>
      </div>
      {unknown && <p className="text-xs text-muted">{t("unknownCharacters", { characters: unknown })}</p>}
      <ViewFrame view={view}>
        {({ prompt, written, isDone }) => (
          <div className="relative min-h-24 flex-1">
            <ScrollArea
              label={t("written")}
              className="absolute inset-0 rounded-lg bg-sunken px-3 py-2 pr-10 font-mono text-xs leading-relaxed break-words whitespace-pre-wrap"
            >
              <span className="text-muted">{prompt}</span>
              <span>{written}</span>
              {!isDone && (
                <span aria-hidden className="ml-px inline-block h-3 w-1.5 animate-pulse bg-accent align-middle" />
              )}
            </ScrollArea>
            <CopyButton text={prompt + written} />
          </div>
        )}
      </ViewFrame>
    </div>
  );
}

function CopyButton({ text }: { readonly text: string }) {
  const { t } = useTranslation("views");
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  const onClick = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      // No permission, or no secure page.
      setState("refused");
    }
    setTimeout(() => setState("idle"), 1500);
  };
  return (
    <IconButton
      label={state === "idle" ? t("copy") : t(state)}
      onClick={onClick}
      className="absolute! top-1 right-1 size-7 bg-sunken"
    >
      {state === "copied" ? <Check size={15} className="text-good" /> : <Copy size={15} />}
    </IconButton>
  );
}

function set(changes: Partial<TextSettings>): void {
  useResults.setState(({ text }) => ({ text: { ...text, ...changes } }));
}
