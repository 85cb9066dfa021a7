import { useTranslation } from "react-i18next";
import { focusPanel } from "./focus-panel.ts";

/** First in the order of the keyboard, and seen only there: past the bar and the library, to the network. */
export function SkipLink() {
  const { t } = useTranslation("shell");
  return (
    // biome-ignore lint/a11y/useValidAnchor: it is a link to a place on the page, which may have to be shown first
    <a
      href="#canvas"
      onClick={(event) => {
        event.preventDefault();
        focusPanel("network");
      }}
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:border focus:border-line focus:bg-panel focus:px-3 focus:py-2 focus:shadow-card"
    >
      {t("skipToCanvas")}
    </a>
  );
}
