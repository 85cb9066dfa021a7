import { Languages, Moon, Redo2, Sun, Undo2 } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { languageOf } from "../../app/preferences-store.ts";
import { ShareButton } from "../links/share-button.tsx";
import { useExperiment, usePlayground, usePreferences, useRun } from "../playground.tsx";
import { Button } from "../primitives/button.tsx";
import { IconButton } from "../primitives/icon-button.tsx";
import { Part } from "../primitives/part.tsx";
import { StatusLine } from "./status-line.tsx";
import { themeOf } from "./theme.ts";
import { TrainingBar } from "./training-bar.tsx";
import { useHidden } from "./use-hidden.ts";
import { useIsNarrow } from "./use-is-narrow.ts";

const Gallery = lazy(async () => ({ default: (await import("../gallery/gallery.tsx")).Gallery }));

/** What is open, training, where it stands, and sharing. */
export function TopBar() {
  const isNarrow = useIsNarrow();
  if (isNarrow) {
    return (
      <header className="shrink-0 border-b border-line bg-panel px-2 py-1.5">
        <div className="flex items-center gap-1">
          <Logo />
          <PresetPicker />
          <History />
          <span className="flex-1" />
          <Settings />
        </div>
        <div className="mt-1 flex items-center gap-2">
          <TrainingBar hasSpeed={false} />
          <StatusLine />
        </div>
      </header>
    );
  }
  return (
    <header className="flex h-12 shrink-0 items-center gap-2.5 border-b border-line bg-panel px-3.5">
      <Logo />
      <PresetPicker />
      <History />
      <span className="flex-1" />
      <TrainingBar hasSpeed />
      <StatusLine />
      <span className="flex-1" />
      <Device />
      <Settings />
    </header>
  );
}

function Logo() {
  return (
    <h1 className="flex shrink-0 items-center gap-2 text-[15px] font-semibold tracking-tight">
      <svg aria-hidden="true" viewBox="0 0 22 22" fill="none" className="size-5.5 text-accent">
        <path d="M2 4c4 0 4 9 8 11.5S16 17 20 17" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
        <circle cx="13" cy="16.3" r="2.6" fill="currentColor" />
      </svg>
      <span className="max-sm:sr-only">Descent</span>
    </h1>
  );
}

function PresetPicker() {
  const { t } = useTranslation("shell");
  const [isOpen, setIsOpen] = useState(false);
  /** Once it was open it stays, so that the focus finds its way back. */
  const [isThere, setIsThere] = useState(false);
  const name = useExperiment(({ experiment }) => experiment?.name);
  const isHidden = useHidden("presets");
  const shownName = name && (
    <span className="max-w-40 shrink-0 truncate text-muted max-lg:hidden" title={name}>
      {name}
    </span>
  );
  if (isHidden) return shownName;
  return (
    <>
      <Button
        aria-haspopup="dialog"
        className="shrink-0"
        onClick={() => {
          setIsThere(true);
          setIsOpen(true);
        }}
      >
        {t("presets")}
      </Button>
      {shownName}
      {isThere && (
        <Part onClose={() => setIsThere(false)}>
          <Gallery isOpen={isOpen} onClose={() => setIsOpen(false)} />
        </Part>
      )}
    </>
  );
}

function History() {
  const { t } = useTranslation("shell");
  const { experiments } = usePlayground();
  const { canUndo, canRedo } = useExperiment(({ past, future }) => ({
    canUndo: past.length > 0,
    canRedo: future.length > 0,
  }));
  if (useHidden("history")) return null;
  return (
    <div className="flex shrink-0">
      <IconButton label={t("undo")} shortcut="Ctrl Z" disabled={!canUndo} onClick={() => experiments.undo()}>
        <Undo2 size={16} />
      </IconButton>
      <IconButton label={t("redo")} shortcut="Ctrl ⇧ Z" disabled={!canRedo} onClick={() => experiments.redo()}>
        <Redo2 size={16} />
      </IconButton>
    </div>
  );
}

function Device() {
  const { t } = useTranslation("shell");
  const device = useRun((run) => run.device);
  if (device === undefined) return null;
  return (
    <span className="shrink-0 font-mono text-xs text-muted max-xl:hidden">{t(device.kind, { name: device.name })}</span>
  );
}

function Settings() {
  const { t } = useTranslation("shell");
  const { preferences } = usePlayground();
  const { theme, language } = usePreferences((all) => ({ theme: themeOf(all.theme), language: languageOf(all) }));
  return (
    <div className="flex shrink-0 items-center gap-0.5">
      <IconButton
        label={language === "en" ? "中文" : "English"}
        onClick={() => preferences.setState({ language: language === "en" ? "zh" : "en" })}
      >
        <Languages size={16} />
      </IconButton>
      <IconButton
        label={theme === "light" ? t("themeDark") : t("themeLight")}
        onClick={() => preferences.setState({ theme: theme === "light" ? "dark" : "light" })}
      >
        {theme === "light" ? <Moon size={16} /> : <Sun size={16} />}
      </IconButton>
      <ShareButton />
    </div>
  );
}
