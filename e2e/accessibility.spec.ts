import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";
import { type Look, Screens } from "./screens.ts";
import { wordsOf } from "./words.ts";

/** Looks at every screen in both themes, and collects what axe finds. */
function looking(page: Page, found: string[]): Look {
  return async (screen, part) => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      // The page has no frames, for which axe would open a page more each time.
      const axe = new AxeBuilder({ page }).setLegacyMode();
      if (part !== undefined) axe.include(part);
      // Nothing but colours is different in the other theme.
      if (colorScheme === "dark") axe.withRules(["color-contrast"]);
      const { violations } = await axe.analyze();
      for (const { id, nodes } of violations) {
        for (const { html, failureSummary } of nodes)
          found.push(`${screen}, ${colorScheme}: ${id}\n${html}\n${failureSummary}`);
      }
    }
    await page.emulateMedia({ colorScheme: "light" });
  };
}

for (const [language, locale] of [
  ["en", "en-US"],
  ["zh", "zh-CN"],
] as const) {
  test.describe(() => {
    test.use({ locale, viewport: { width: 1440, height: 900 } });

    test(`axe finds nothing on any screen, in both themes: ${locale}`, async ({ page }) => {
      const found: string[] = [];
      await new PlaygroundPage(page).open();
      const screens = new Screens(page, wordsOf(language), looking(page, found));
      for (const group of ["network", "runs", "dialogs", "faults", "results", "phone"] as const) {
        const began = performance.now();
        await test.step(group, () => screens[group]());
        console.log(group, Math.round(performance.now() - began));
      }
      expect(found).toEqual([]);
    });
  });
}
