import type { Page } from "@playwright/test";
import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";
import { Screens } from "./screens.ts";
import { wordsOf } from "./words.ts";

test.use({ locale: "zh-CN", viewport: { width: 1440, height: 900 } });

/** All that a page says, to the eye or to a screen reader: each text with what says it. */
function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [];
    const said = ["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt"];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node instanceof Text) texts.push(node.data);
      else if (node instanceof Element) texts.push(...said.map((name) => node.getAttribute(name) ?? ""));
    }
    return texts.map((text) => text.trim()).filter((text) => /[A-Za-z]/.test(text));
  });
}

test("explore", async ({ page }) => {
  const all = new Map<string, string>();
  await new PlaygroundPage(page).open();
  const screens = new Screens(page, wordsOf("zh"), async (screen) => {
    for (const text of await textsOf(page)) if (!all.has(text)) all.set(text, screen);
  });
  for (const group of ["network", "runs", "dialogs", "faults", "results", "phone"] as const) await screens[group]();
  (await import("node:fs")).writeFileSync("/tmp/eb-latin.json", JSON.stringify([...all], null, 1));
});
