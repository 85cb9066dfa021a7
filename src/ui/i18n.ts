import i18next from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Text } from "../app/engine-types.ts";
import type { Language } from "../app/preferences-store.ts";
import type { Messages } from "./messages/en.ts";
import { loadMessages } from "./messages/load-messages.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: Messages;
    defaultNS: "shell";
    enableSelector: false;
  }
}

export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { ...(await loadMessages(language)) } },
    defaultNS: "shell",
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
  document.documentElement.lang = HTML_LANGUAGE[language];
}

export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "shell")) {
    for (const [area, messages] of Object.entries(await loadMessages(language))) {
      i18next.addResourceBundle(language, area, messages);
    }
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = HTML_LANGUAGE[language];
}

const HTML_LANGUAGE = { en: "en", zh: "zh-Hans" } as const;

/** Picks the language of texts that the engine gives in both. */
export function useText(): (text: Text) => string {
  const language = useTranslation().i18n.language === "zh" ? "zh" : "en";
  return useCallback((text) => text[language], [language]);
}
