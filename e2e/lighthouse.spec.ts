import lighthouse, { desktopConfig } from "lighthouse";
import { softwareFlags } from "../scripts/browser-flags.mjs";
import { freePort } from "./free-port.ts";
import { expect, test } from "./page.ts";

const CATEGORIES = ["accessibility", "best-practices"];

test("Lighthouse gives at least 95 for accessibility and for best practices", async ({ browser, baseURL }) => {
  const port = await freePort();
  const fresh = await browser.browserType().launch({ args: [...softwareFlags, `--remote-debugging-port=${port}`] });
  const result = await lighthouse(
    baseURL,
    { port, onlyCategories: CATEGORIES, logLevel: "error" },
    { ...desktopConfig, settings: { ...desktopConfig.settings, throttlingMethod: "provided" } },
  );
  await fresh.close();
  expect(result?.lhr.runtimeError).toBeUndefined();
  for (const name of CATEGORIES) {
    const category = result?.lhr.categories[name];
    const score = 100 * (category?.score ?? 0);
    test.info().annotations.push({ type: name, description: String(score) });
    const failed = category?.auditRefs
      .filter(({ id, weight }) => weight > 0 && (result?.lhr.audits[id]?.score ?? 1) < 1)
      .map(({ id }) => id);
    expect(score, `${name}: ${failed?.join(", ")}`).toBeGreaterThanOrEqual(95);
  }
});
