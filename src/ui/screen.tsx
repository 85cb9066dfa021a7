import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { Playground } from "../app/playground.ts";
import { languageOf } from "../app/preferences-store.ts";
import { App } from "./app.tsx";
import { changeLanguage, startI18n } from "./i18n.ts";
import { PlaygroundProvider } from "./playground.tsx";
import { Part } from "./primitives/part.tsx";
import { followTheme } from "./shell/theme.ts";

/** Draws the page, in the visitor's language and theme. */
export async function showScreen(playground: Playground): Promise<void> {
  const { preferences } = playground;
  followTheme(preferences);
  preferences.subscribe((now, before) => {
    if (now.language !== before.language) changeLanguage(languageOf(now));
  });
  await startI18n(languageOf(preferences.getState()));
  createRoot(document.getElementById("root") as HTMLElement).render(
    <StrictMode>
      <PlaygroundProvider playground={playground}>
        <Part>
          <App />
        </Part>
      </PlaygroundProvider>
    </StrictMode>,
  );
}
