import type { Page } from "@playwright/test";
import type { Messages } from "../src/ui/messages/en.ts";
import { forgedLink } from "./forged-link.ts";
import { expect } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";
import { FROZEN } from "./small-experiments.ts";

/** What is done on every screen. `part`: the selector of what is new on it; without one, everything is. */
export type Look = (screen: string, part?: string) => Promise<void>;

/** Presets, made small, that have all the results there are to see between them. */
const PRESETS: Readonly<Record<string, object>> = {
  "spiral-mlp": { data: { samples: 200 }, stop: { steps: 20 } },
  "regression-mlp": { data: { samples: 200 } },
  "digits-cnn": { data: { samples: 100 }, set: { conv_1: { filters: 4 }, conv_2: { filters: 4 } } },
  "digits-autoencoder": { data: { samples: 100 } },
  "sine-lstm": { data: { samples: 200 }, set: { lstm: { units: 4 } } },
  "text-gpt": { data: { length: 16 } },
  "addition-seq": { data: { samples: 200 } },
};

/** Screens that belong together, in the order in which they are gone to. */
export const GROUPS = ["network", "runs", "dialogs", "faults", "results", "phone"] as const;

/** Every screen that a visitor may come to, one after the other, in the language of these words. */
export class Screens {
  readonly #page: Page;
  readonly #playground: PlaygroundPage;
  readonly #words: Messages;
  readonly #look: Look;

  constructor(page: Page, words: Messages, look: Look) {
    this.#page = page;
    this.#playground = new PlaygroundPage(page);
    this.#words = words;
    this.#look = look;
  }

  /** The network, with every tab of the library, and with something else selected each time. */
  async network(): Promise<void> {
    const { shell, inspector, training, data, canvas } = this.#words;
    const page = this.#page;
    const library = page.getByRole("tablist", { name: shell.library });
    const libraryPart = region("aside", shell.library);
    const settings = page.getByRole("complementary", { name: shell.inspector });
    const settingsPart = region("aside", shell.inspector);
    await this.#open("spiral-mlp");
    await this.#look("page");
    await library.getByRole("tab", { name: shell.data }).click();
    await expect(page.getByRole("combobox", { name: data.source })).toBeVisible();
    await this.#look("data", libraryPart);
    await library.getByRole("tab", { name: shell.training }).click();
    await expect(page.getByRole("combobox", { name: training.optimizer })).toBeVisible();
    await this.#look("training", libraryPart);
    await library.getByRole("tab", { name: shell.layers }).click();

    await this.#playground.node("Dense dense_1").click();
    await expect(settings.getByRole("textbox", { name: inspector.id })).toHaveValue("dense_1");
    await this.#look("a layer", settingsPart);
    await page.keyboard.press("Shift+F10");
    await expect(page.getByRole("menuitem", { name: canvas.rename })).toBeVisible();
    await this.#look("the menu of a layer", "[role=menu]");
    await page.keyboard.press("Escape");
    await page
      .getByRole("group", { name: canvas.edge.replace("{{from}}", "dense_1").replace("{{to}}", "dense_2") })
      .focus();
    await page.keyboard.press("Enter");
    await expect(settings.getByRole("combobox", { name: inspector.layerToInsert })).toBeVisible();
    await this.#look("an edge", settingsPart);
    await this.#playground.node("Dense dense_1").click();
    await page.keyboard.press("Control+a");
    await expect(settings.getByRole("button", { name: inspector.group })).toBeVisible();
    await this.#look("all layers", settingsPart);
    await settings.getByRole("button", { name: inspector.group }).click();
    await expect(settings.getByRole("button", { name: inspector.ungroup })).toBeVisible();
    await this.#look("a block");
    await this.#playground.button(shell.undo).click();
  }

  /** Runs, the chart with all that it offers, and what is deleted. */
  async runs(): Promise<void> {
    const { shell, charts, runs } = this.#words;
    const page = this.#page;
    const playground = this.#playground;
    const list = page.getByRole("list", { name: runs.title }).getByRole("listitem");
    await this.#open("spiral-mlp");
    for (let k = 0; k < 2; k++) {
      if (k > 0) await playground.button(shell.rewind).click();
      await playground.button(shell.train).click();
      await expect(playground.status).toHaveText(new RegExp(shell.finished));
      await expect(list).toHaveCount(k + 1);
    }
    await list.nth(1).getByRole("button").last().click();
    await playground.button(charts.settings).click();
    await playground.button(charts.showTable).click();
    const chart = page.getByRole("figure", { name: charts.loss });
    await chart.getByRole("slider").press("Home");
    await this.#look("runs and the chart");
    await playground.button(runs.compare).click();
    await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
    await this.#look("comparison", "[role=dialog]");
    await playground.button(shell.close).click();
    await list
      .nth(1)
      .getByRole("button", { name: runs.deleteRun.replace("{{run}}", "") })
      .click();
    await expect(playground.button(runs.putBack)).toBeVisible();
    await this.#look("a run deleted", region("section", shell.runs));
    await playground.button(charts.hideTable).click();
    await playground.button(charts.settings).click();
  }

  async dialogs(): Promise<void> {
    const { shell, gallery, links } = this.#words;
    const page = this.#page;
    const playground = this.#playground;
    await playground.button(shell.presets).click();
    await expect(page.getByRole("dialog", { name: gallery.title })).toBeVisible();
    await this.#look("presets", "[role=dialog]");
    await playground.button(shell.close).click();
    await playground.button(links.share).click();
    await expect(page.getByRole("textbox", { name: links.link })).toHaveValue(/#e=/);
    await this.#look("share", "[role=dialog]");
    await playground.button(shell.close).click();
  }

  /** What is wrong with links and networks, and a teacher's note. */
  async faults(): Promise<void> {
    const { shell, links, inspector } = this.#words;
    const page = this.#page;
    const alert = page.getByRole("alert");
    await this.#go("#e=9.spiral-mlp");
    await expect(alert).toContainText(links.cannotOpen.link.split("{{")[0] as string);
    await this.#look("a link refused", "[role=alert]");
    await alert.getByRole("button", { name: shell.dismiss }).click();
    await this.#go(
      forgedLink({ data: { samples: 100 }, nodes: [5, 1, []], edges: [4, 2, ["pool_2>dropout"]] }, "digits-cnn"),
    );
    await expect(this.#playground.status).toContainText(shell.notReady);
    await this.#playground.node("Dense dense").click();
    await this.#look("a network that does not fit");
    await this.#go(forgedLink({ loss: { kind: "hinge" }, metrics: ["perplexity"] }));
    const [unmeasured] = inspector.repair.doNotMeasure.split("{{") as [string];
    await expect(alert.getByRole("button", { name: unmeasured })).toBeVisible();
    await this.#look("a metric that does not fit the loss", "[role=alert]");
    await this.#go(forgedLink({ set: FROZEN }));
    const frozen = this.#playground.node("Dense dense_3");
    await expect(frozen.getByRole("button", { name: inspector.repair.thaw })).toBeVisible();
    await this.#look("a network that is frozen", region("section", shell.network));
    await this.#go(`${forgedLink({ seed: 2 })}&note=${encodeURIComponent("6 × 7 = 42")}`);
    await expect(page.getByText("6 × 7 = 42")).toBeVisible();
    await this.#playground.ready();
    await this.#look("a lesson", region("section", shell.network));
  }

  /** Everything that a model's results show, and the samples of its data. */
  async results(): Promise<void> {
    const { shell, views, data } = this.#words;
    const page = this.#page;
    const part = region("section", shell.results);
    await page.getByRole("tablist", { name: shell.library }).getByRole("tab", { name: shell.data }).click();
    for (const preset of Object.keys(PRESETS)) {
      await this.#open(preset);
      await expect(page.getByText(data.preparing)).toHaveCount(0);
      await this.#look(`data of ${preset}`, region("aside", shell.library));
      const tabs = page.getByRole("tablist", { name: views.results }).getByRole("tab");
      for (const tab of await tabs.all()) {
        await tab.click();
        await expect(page.getByRole("region", { name: shell.results }).getByText(views.coming)).toHaveCount(0);
        await this.#look(`${await tab.textContent()} of ${preset}`, part);
      }
    }
  }

  /** One panel at a time, as on a phone. */
  async phone(): Promise<void> {
    const { shell } = this.#words;
    const page = this.#page;
    await page.setViewportSize({ width: 390, height: 844 });
    await this.#open("spiral-mlp");
    for (const panel of [shell.network, shell.library, shell.inspector, shell.loss, shell.runs, shell.results]) {
      await page.getByRole("navigation", { name: shell.panels }).getByRole("button", { name: panel }).click();
      await expect(page.getByRole("main", { name: panel })).toBeVisible();
      await this.#look(`${panel} on a phone`);
    }
  }

  /** Opens one of the presets above within the page. */
  async #open(preset: string): Promise<void> {
    await this.#go(forgedLink(PRESETS[preset] as object, preset));
    await expect(this.#page).toHaveTitle(`${preset} · Descent`);
    await this.#playground.ready();
  }

  async #go(hash: string): Promise<void> {
    await this.#page.evaluate((to) => {
      location.hash = to;
    }, hash);
  }
}

function region(element: string, name: string): string {
  return `${element}[aria-label="${name}"]`;
}
