import type { Locator, Page } from "@playwright/test";
import { expect } from "./page.ts";

/** The page as a visitor uses it. */
export class PlaygroundPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page at a hash, and waits until the experiment is ready, or trains already. */
  async open(hash = ""): Promise<void> {
    await this.page.goto(`/${hash}`);
    await this.ready();
  }

  /** Waits until the experiment is open and its loss before the first step is known. */
  async ready(): Promise<void> {
    await expect(this.status).toHaveText(/^(?!.*(Preparing|准备中)).*(loss|损失) \d/);
  }

  get status() {
    return this.page.getByRole("status").filter({ hasText: /Step|第/ });
  }

  button(name: string) {
    return this.page.getByRole("button", { name, exact: true });
  }

  async step(): Promise<number> {
    const text = (await this.status.textContent()) ?? "";
    return Number(/Step ([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
  }

  async loss(): Promise<number> {
    return Number(/loss ([\d.]+(?:e[−-]?\d+)?)/.exec((await this.status.textContent()) ?? "")?.[1]);
  }

  /** Trains until a step. */
  async trainTo(step: number): Promise<void> {
    await this.button("Train").click();
    await expect.poll(() => this.step()).toBeGreaterThanOrEqual(step);
  }

  /** Pauses, and waits until the steps under way have come back. */
  async pause(): Promise<void> {
    await this.button("Pause").click();
    await expect(this.button("Train")).toBeVisible();
    await this.stands();
  }

  /** Waits until the steps under way have come back, and sees that no more follow. */
  async stands(): Promise<void> {
    let before = Number.NaN;
    await expect
      .poll(async () => {
        const now = await this.step();
        const isStill = now === before;
        before = now;
        return isStill;
      })
      .toBe(true);
  }

  /** Sees that the steps become more. */
  async trains(): Promise<void> {
    let before = Number.POSITIVE_INFINITY;
    await expect
      .poll(async () => {
        const now = await this.step();
        const isMore = now > before;
        // A new run begins at 0.
        before = now;
        return isMore;
      })
      .toBe(true);
  }

  /** Trains until the run ends by itself. */
  async trainToEnd(): Promise<void> {
    await this.button("Train").click();
    await expect(this.status).toHaveText(/Finished/);
  }

  node(name: string) {
    return this.page.getByRole("group", { name: new RegExp(`^${name}`) });
  }

  /** The canvas. */
  get network() {
    return this.page.getByRole("region", { name: "Network", exact: true });
  }

  /** The inspector: what is selected, or the experiment. */
  get settings() {
    return this.page.getByRole("complementary", { name: "Settings" });
  }

  /** Layers, Data or Training, at the left. */
  libraryTab(name: string) {
    return this.page.getByRole("tablist", { name: "Library" }).getByRole("tab", { name });
  }

  /** A layer in the palette. */
  layer(kind: string) {
    return this.page.getByRole("listbox", { name: "Layers" }).getByRole("option", { name: kind, exact: true });
  }

  /** Where something stands once nothing moves any more: the view follows what is added. */
  async placeOf(locator: Locator) {
    let place = await locator.boundingBox();
    const isStill = async () => {
      const before = place;
      await this.page.waitForTimeout(400);
      place = await locator.boundingBox();
      return JSON.stringify(place) === JSON.stringify(before);
    };
    await expect.poll(isStill).toBe(true);
    return place;
  }

  edge(from: string, to: string) {
    return this.page.getByRole("group", { name: `Edge from ${from} to ${to}`, exact: true });
  }

  /** What was opened last: the gallery's preset of this title. */
  async openPreset(title: string): Promise<void> {
    await this.button("Presets").click();
    await this.button(`Open ${title}`).click();
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  /** A text field, here or within a part of the page. */
  field(name: string, within: Locator | Page = this.page) {
    return within.getByRole("textbox", { name, exact: true });
  }

  /** Opens an experiment, which need not be complete, from a file. */
  async openFile(experiment: object): Promise<void> {
    await this.button("Share").click();
    const choosing = this.page.waitForEvent("filechooser");
    await this.button("Open file…").click();
    const buffer = Buffer.from(JSON.stringify({ version: 1, ...experiment }));
    await (await choosing).setFiles({ name: "experiment.json", mimeType: "application/json", buffer });
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  /** Writes into a text field, and takes it over. */
  async write(field: Locator, text: string): Promise<void> {
    await field.fill(text);
    await field.press("Enter");
  }
}
