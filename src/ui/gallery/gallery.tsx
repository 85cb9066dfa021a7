import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { EMPTY } from "../../app/empty-experiment.ts";
import { presets } from "../../app/presets.ts";
import { useText } from "../i18n.ts";
import { useExperiment, usePlayground } from "../playground.tsx";
import { Dialog } from "../primitives/dialog.tsx";
import { focusPanel } from "../shell/focus-panel.ts";
import { PresetCard } from "./preset-card.tsx";
import { useNextTexts } from "./use-next-texts.ts";

interface GalleryProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The presets to choose from, in a window over the page. */
export function Gallery({ isOpen, onClose }: GalleryProps) {
  const { t } = useTranslation("gallery");
  const text = useText();
  const { opener } = usePlayground();
  const current = useExperiment(({ preset }) => preset);
  const nextTexts = useNextTexts();
  /** On what is opened the space bar is to train, not to press the button of this window once more. */
  const hasChosen = useRef(false);
  const open = (name: string) => {
    hasChosen.current = true;
    opener.openPreset(name);
    onClose();
  };
  const givesFocusBack = () => {
    if (!hasChosen.current) return true;
    hasChosen.current = false;
    focusPanel("network");
    return false;
  };
  return (
    <Dialog
      title={t("title")}
      isOpen={isOpen}
      onClose={onClose}
      givesFocusBack={givesFocusBack}
      className="w-[min(96vw,68rem)]"
    >
      <p className="text-muted">{t("intro")}</p>
      <ul className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {presets.map(({ name, title, sentence }) => (
          <PresetCard
            key={name}
            name={name}
            title={text(title)}
            sentence={text(sentence)}
            next={nextTexts.get(name)}
            isCurrent={name === current}
            onOpen={() => open(name)}
          />
        ))}
        <PresetCard
          name={EMPTY}
          title={t("empty")}
          sentence={t("emptySentence")}
          next={t("emptyNext")}
          isCurrent={current === EMPTY}
          onOpen={() => open(EMPTY)}
        />
      </ul>
    </Dialog>
  );
}
