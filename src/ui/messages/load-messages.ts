import type { Language } from "../../app/preferences-store.ts";
import type { Messages } from "./en.ts";

/** Each language is one download of its own. */
const languages: Record<Language, () => Promise<{ readonly messages: Messages }>> = {
  en: () => import("./en.ts"),
  zh: () => import("./zh.ts"),
};

export async function loadMessages(language: Language): Promise<Messages> {
  return (await languages[language]()).messages;
}
