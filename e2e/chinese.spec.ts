import type { Page } from "@playwright/test";
import { foundByAxe } from "./axe.ts";
import { DAMAGED } from "./damaged.ts";
import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";
import { GROUPS, Screens } from "./screens.ts";
import { wordsOf } from "./words.ts";

test.use({ locale: "zh-CN", colorScheme: "dark", viewport: { width: 1440, height: 900 } });

/** Latin letters that belong into Chinese, too. */
const LATIN: readonly RegExp[] = [
  // Names of programs, formats, methods and their inventors' networks, and abbreviations that are said in English.
  /\b(Descent|React Flow|Keras|LeNet-5|GPT|Transformer|MLP|RNN|LSTM|GRU|CSV|IDX|JSON|PNG|SVG|WebGPU|GPU|CPU|KL|R²|logits)\b/g,
  /\b(SGD|Momentum|Nesterov|RMSprop|Adagrad|Adadelta|Adam|AdamW|NAdam|Lion|Muon|Top-[35])\b/g,
  // Names that experiments use: activations, initializers.
  /\b(linear|relu|leakyRelu|elu|selu|gelu|silu|mish|sigmoid|hardSigmoid|softplus|softsign|softmax|tanh|pre|post)\b/g,
  /\b(glorot|he|lecun)(Uniform|Normal)\b|\b(orthogonal|zeros|ones|same|valid)\b/g,
  // Keys, and units behind a number or a space for one.
  /\b(Ctrl|Shift|Tab|Enter|Delete|Del|Esc|F\d+|[A-Z])\b/g,
  /(\b|\d )([kMG]?(B|FLOP)|s|ms|µs|min|h)(?![a-z])/g,
  /\b\d+(\.\d+)?e[−\d]/g,
];

/** Presets, English prose to train on, the device, the switch to English, and what React Flow calls itself. */
const NAMES =
  /^(spiral|regression|digits|sine|text|addition)-[a-z]+$|LIGHTHOUSE|^GPU · |^English$|^React Flow attribution$/;

/** What a refused link holds: the path to a value, the value, names in quotes or in a row, one that may be meant. */
const OF_LINKS = [
  /[\w.[\]]+(?= 为)/g,
  /(?<= 为 )[^；]+/g,
  /"[^"]*"|“[^”]*”/g,
  /\brun=\w+/g,
  /(?<=是否想写 )\w+/g,
  /[\w-]+((、|, )[\w-]+)+/g,
];

/** All that a page says, to the eye or to a screen reader, that has Latin letters. */
function latinTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [];
    const said = ["label", "description", "roledescription", "valuetext", "placeholder"].map((name) => `aria-${name}`);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      // Letters in pictures are no words, and long names are written in parts.
      if (node.parentElement?.closest("svg[aria-hidden=true]")) continue;
      const parent = node.parentElement as Element;
      if (node instanceof Text)
        texts.push((parent.querySelector(":scope > wbr") ? parent.textContent : node.data) ?? "");
      else if (node instanceof Element) {
        for (const name of [...said, "title", "placeholder", "alt"]) texts.push(node.getAttribute(name) ?? "");
      }
    }
    return texts.map((text) => text.trim()).filter((text) => /[a-z]/i.test(text));
  });
}

/** What is left of a text when names are taken out that belong there: words of English. */
function strayWords(text: string, names: ReadonlySet<string>): readonly string[] {
  if (NAMES.test(text)) return [];
  let rest = text;
  for (const pattern of LATIN) rest = rest.replaceAll(pattern, " ");
  return (rest.match(/[A-Za-z][\w-]*/g) ?? []).filter((word) => !names.has(word));
}

/** Texts with words of English in them, and the screen of each. */
class Stray {
  readonly found = new Map<string, string>();
  readonly #page: Page;
  /** Of layers, and of the nodes seen so far. */
  readonly #names: Set<string>;

  constructor(page: Page, layers: readonly string[]) {
    this.#page = page;
    this.#names = new Set(layers);
  }

  async look(screen: string): Promise<void> {
    const cards = await this.#page
      .getByRole("group")
      .evaluateAll((all) => all.map((card) => card.getAttribute("aria-label")));
    for (const name of cards.flatMap((card) => card?.split(" ") ?? [])) {
      if (/^[\w-]+$/.test(name)) this.#names.add(name);
    }
    for (const text of await latinTexts(this.#page)) {
      if (strayWords(text, this.#names).length > 0 && !this.found.has(text)) this.found.set(text, screen);
    }
  }
}

test("every screen is in Chinese to the last word, and axe finds nothing on it", async ({ page }) => {
  test.setTimeout(300_000);
  await new PlaygroundPage(page).open();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const options = await page.getByRole("listbox").getByRole("option").allTextContents();
  expect(options.length).toBeGreaterThan(40);
  const stray = new Stray(
    page,
    options.map((text) => text.trim()),
  );
  const found: string[] = [];
  const screens = new Screens(page, wordsOf("zh"), async (screen, part) => {
    await stray.look(screen);
    found.push(...(await foundByAxe(page, part)).map((fault) => `${screen}: ${fault}`));
  });
  for (const group of GROUPS) await test.step(group, () => screens[group]());
  expect([...stray.found]).toEqual([]);
  expect(found).toEqual([]);
});

test("what is wrong with a link is said in Chinese", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const alert = page.getByRole("alert");
  for (const [what, hash] of DAMAGED) {
    await test.step(what, async () => {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await expect(alert).toHaveText(/^无法打开此链接。.*\p{Script=Han}{2}/u);
      const said = await alert.innerText();
      const prose = OF_LINKS.reduce((rest, pattern) => rest.replaceAll(pattern, " "), said);
      expect(strayWords(prose, new Set()), said).toEqual([]);
      await playground.button("知道了").click();
      await expect(alert).toHaveCount(0);
    });
  }
});

test("the language is switched at once, and remembered", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await expect(playground.button("训练")).toBeVisible();
  await playground.button("English").click();
  await expect(playground.button("Train")).toBeVisible();
  await expect(playground.status).toHaveText(/^Step 0 · loss \d/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.reload();
  await playground.ready();
  await expect(playground.button("Train")).toBeVisible();
  await playground.button("中文").click();
  await expect(playground.button("训练")).toBeVisible();
  await playground.button("训练").click();
  await expect(playground.status).toHaveText(/^第 [1-9]/);
});
