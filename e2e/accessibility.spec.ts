import { foundByAxe } from "./axe.ts";
import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";
import { GROUPS, Screens } from "./screens.ts";
import { wordsOf } from "./words.ts";

test.use({ viewport: { width: 1440, height: 900 } });

// chinese.spec.ts does the same in Chinese and dark: names depend on the language alone, and contrasts on the theme.
test("axe finds nothing on any screen, in English and light", async ({ page }) => {
  test.setTimeout(300_000);
  const found: string[] = [];
  await new PlaygroundPage(page).open();
  const screens = new Screens(page, wordsOf("en"), async (screen, part) => {
    found.push(...(await foundByAxe(page, part)).map((fault) => `${screen}: ${fault}`));
  });
  for (const group of GROUPS) await test.step(group, () => screens[group]());
  expect(found).toEqual([]);
});
