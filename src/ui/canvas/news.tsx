import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCanvas } from "./canvas-store.ts";

/** A sentence is shown so long, in milliseconds. */
const SHOWN_MS = 6000;

/** Says what was done on the canvas to those who do not see it, and to all why something was not. */
export function News() {
  const { news, connecting } = useCanvas((state) => ({ news: state.news, connecting: state.connecting }));
  const { t } = useTranslation("canvas");
  const [seen, setSeen] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setSeen(news.count), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [news.count]);
  const isShown = news.isShown && news.count > seen;
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {news.text}
      </p>
      {(isShown || connecting) && (
        <p
          aria-hidden
          className="pointer-events-none max-w-md rounded-lg border border-line bg-panel px-3 py-1.5 text-center shadow-card"
        >
          {isShown ? news.text : connecting && t("connectingHelp", { from: connecting.from })}
        </p>
      )}
    </>
  );
}
