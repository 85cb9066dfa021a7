import type { Locator, Page } from "@playwright/test";

/** The page by keys alone. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** Presses Tab, or Shift+Tab, until something has the focus; the page has no trap, nor anything out of reach. */
  async tabTo(target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    const passed: string[] = [];
    for (let count = 0; count < 80; count++) {
      if (await isFocused(target)) return;
      await this.press(key);
      passed.push(await this.#focused());
    }
    throw new Error(`${key} does not lead to ${target}, but to:\n${passed.join("\n")}`);
  }

  /** Writes into the text field with the focus, in place of what is in it, and takes it over. */
  async write(text: string): Promise<void> {
    await this.press("ControlOrMeta+a");
    await this.type(text);
    await this.press("Enter");
  }

  #focused(): Promise<string> {
    return this.#page.evaluate(() => {
      const element = document.activeElement;
      return `${element?.localName} ${element?.getAttribute("aria-label") ?? element?.textContent?.slice(0, 40)}`;
    });
  }
}

async function isFocused(target: Locator): Promise<boolean> {
  // What is not there yet may come with the next part of the page.
  return (await target.count()) === 1 && target.evaluate((element) => element === document.activeElement);
}
