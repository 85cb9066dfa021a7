import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { chartRows } from "./chart-files.ts";
import { forgedLink } from "./forged-link.ts";
import { errorsOf, expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

/** Makes it another experiment than the preset: deeper, faster, another seed, and a run of 100 steps. */
async function edit(playground: PlaygroundPage): Promise<void> {
  await playground.node("Dense dense_1").click();
  await playground.layer("Dense").press("Enter");
  await playground.libraryTab("Training").click();
  const training = playground.page.getByRole("tabpanel", { name: "Training" });
  await playground.write(playground.field("Learning rate", training), "0.003");
  await playground.write(playground.field("Steps", training), "100");
  await playground.write(playground.field("Seed", training), "12");
}

async function sharedLink(playground: PlaygroundPage): Promise<string> {
  await playground.button("Share").click();
  const link = playground.page.getByRole("textbox", { name: "Link" });
  await expect(link).toHaveValue(/#e=/);
  const address = await link.inputValue();
  await playground.button("Close").click();
  return address;
}

test("a link opened in a fresh profile gives the identical losses to step 100", async ({ page, browser }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await edit(playground);
  await playground.trainToEnd();
  expect(await playground.step()).toBe(100);
  const rows = await chartRows(page);
  // Who trains before the network is ready gets no loss of step 0.
  const losses = (all: typeof rows) =>
    all.filter(({ step }) => step !== "0").map(({ samples, step, loss }) => `${samples} ${step} ${loss}`);
  expect(rows.filter(({ samples }) => samples === "training")).toHaveLength(100);
  const link = await sharedLink(playground);
  expect(new URL(link).hash.length).toBeLessThan(300);

  const fresh = await browser.browserType().launch();
  const other = await fresh.newPage();
  const errors = errorsOf(other);
  const reopened = new PlaygroundPage(other);
  await other.goto(link);
  await reopened.ready();
  await expect(reopened.node("Dense")).toHaveCount(4);
  await reopened.trainToEnd();
  const again = await chartRows(other);
  expect(losses(again)).toEqual(losses(rows));
  expect(Number(again.find(({ samples, step }) => samples === "training" && step === "100")?.loss)).toBeGreaterThan(0);
  expect(errors).toEqual([]);
  await fresh.close();
});

/** What each name of `&hide=` hides. */
const HIDEABLE: Readonly<Record<string, (page: Page) => ReturnType<Page["locator"]>>> = {
  library: (page) => page.getByRole("complementary", { name: "Library" }),
  inspector: (page) => page.getByRole("complementary", { name: "Settings" }),
  loss: (page) => page.getByRole("region", { name: "Loss" }),
  runs: (page) => page.getByRole("region", { name: "Runs" }),
  results: (page) => page.getByRole("region", { name: "Results" }),
  presets: (page) => page.getByRole("button", { name: "Presets" }),
  share: (page) => page.getByRole("button", { name: "Share" }),
  speed: (page) => page.getByRole("combobox", { name: "Speed" }),
  history: (page) => page.getByRole("button", { name: "Undo" }),
};

test("a teacher's link hides what it names and nothing else, tells its note as text, and trains at once", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  for (const name of Object.keys(HIDEABLE)) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#e=1.spiral-mlp&hide=${name}`);
    for (const [other, find] of Object.entries(HIDEABLE)) await expect(find(page)).toHaveCount(other === name ? 0 : 1);
  }
  const note = "First <b>watch</b>,\nthen make it deeper & explain: 2 < 3?";
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    `#e=1.spiral-mlp&hide=library,results&note=${encodeURIComponent(note)}&run=1`,
  );
  await expect(page.getByText(note)).toBeVisible();
  await expect.poll(() => playground.step()).toBeGreaterThan(0);
  await expect(playground.button("Pause")).toBeVisible();
  for (const [name, find] of Object.entries(HIDEABLE)) {
    await expect(find(page)).toHaveCount(name === "library" || name === "results" ? 0 : 1);
  }
});

test("what a teacher adds goes with that experiment alone, though Share was opened for another before", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open("#e=1.spiral-mlp&hide=runs&note=Watch");
  expect(await sharedLink(playground)).toMatch(/#e=1\.spiral-mlp&hide=runs&note=Watch$/);
  await playground.openPreset("Surface");
  await expect(page).toHaveTitle("regression-mlp · Descent");
  expect(await sharedLink(playground)).toMatch(/#e=1\.regression-mlp$/);
  await page.goBack();
  await expect(page).toHaveTitle("spiral-mlp · Descent");
  expect(await sharedLink(playground)).toMatch(/#e=1\.spiral-mlp&hide=runs&note=Watch$/);

  // What is written stays as long as the experiment does.
  const note = page.getByRole("textbox", { name: "Note beside the network" });
  await playground.button("Share").click();
  await note.fill("Listen");
  await playground.button("Close").click();
  await playground.write(playground.field("Seed"), "5");
  expect(await sharedLink(playground)).toMatch(/#e=1\.spiral-mlp\.[\w-]+&hide=runs&note=Listen$/);
});

test("without the preset that it started from there is no link, which is said; what is open stays", async ({
  page,
  errors,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.write(playground.field("Seed"), "5");
  await page.route(/\/spiral-mlp-[^/]*\.js$/, (route) => route.abort());
  await page.reload();
  await playground.ready();
  await expect(playground.field("Seed")).toHaveValue("5");
  await playground.button("Share").click();
  await expect(page.getByRole("alert")).toHaveText(/^The link cannot be made: .* save the experiment as a file\.$/);
  await playground.button("Close").click();

  await page.evaluate(() => {
    location.hash = "#e=1.spiral-mlp";
  });
  await expect(page.getByRole("alert")).toHaveText(
    /^This link cannot be opened\. A part of this page .* reload the page\.$/,
  );
  await expect(playground.field("Seed")).toHaveValue("5");
  expect(errors.filter((error) => !error.startsWith("Failed to load resource"))).toEqual([]);
  errors.length = 0;
});

test("back and forward step through what was opened, with its edits; a reload keeps them", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  const seed = playground.field("Seed");
  await playground.open();
  await playground.write(seed, "31");
  await playground.openPreset("Surface");
  await expect(page).toHaveTitle("regression-mlp · Descent");
  await expect(seed).toHaveValue("1");
  await playground.write(seed, "32");
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    forgedLink({ name: "linked", seed: 33 }),
  );
  await expect(page).toHaveTitle("linked · Descent");
  await expect(seed).toHaveValue("33");
  await page.goBack();
  await expect(page).toHaveTitle("regression-mlp · Descent");
  await expect(seed).toHaveValue("32");
  await page.goBack();
  await expect(page).toHaveTitle("spiral-mlp · Descent");
  await expect(seed).toHaveValue("31");
  await page.goForward();
  await expect(seed).toHaveValue("32");
  await page.goForward();
  await expect(page).toHaveTitle("linked · Descent");
  await expect(seed).toHaveValue("33");
  await playground.write(seed, "34");
  await page.reload();
  await playground.ready();
  await expect(page).toHaveTitle("linked · Descent");
  await expect(seed).toHaveValue("34");
  await page.goBack();
  await expect(seed).toHaveValue("32");
});

test("without a link the page opens on what was open last", async ({ context, page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.node("Dense dense_2").click();
  await page.keyboard.press("Delete");
  await expect(playground.node("Dense")).toHaveCount(2);
  await page.close();
  const later = new PlaygroundPage(await context.newPage());
  await later.open();
  await expect(later.node("Dense")).toHaveCount(2);
  await later.trainTo(1);
});

/** Drops a file on the middle of the page. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([file, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content as string], file as string, { type: "application/json" }));
      return transfer;
    },
    [name, text],
  );
  const canvas = page.getByRole("region", { name: "Network" });
  // A browser says again and again that files are held over the page.
  await expect(async () => {
    await canvas.dispatchEvent("dragover", { dataTransfer: data });
    await expect(page.getByText("Drop it here")).toBeVisible({ timeout: 200 });
  }).toPass();
  await canvas.dispatchEvent("drop", { dataTransfer: data });
  await expect(page.getByText("Drop it here")).toHaveCount(0);
}

test("an experiment saved as a file is opened by the button and by dropping it; what is none is refused", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  const seed = playground.field("Seed");
  const alert = page.getByRole("alert");
  await playground.open();
  await playground.write(seed, "77");
  await playground.button("Share").click();
  const saving = page.waitForEvent("download");
  await playground.button("Save as file").click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe("spiral-mlp.descent.json");
  const text = await readFile(await download.path(), "utf8");
  await playground.button("Close").click();

  /** Opens a file by the button. */
  const open = async (name: string, content: string) => {
    await playground.button("Share").click();
    const choosing = page.waitForEvent("filechooser");
    await playground.button("Open file…").click();
    await (await choosing).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(content) });
    await expect(page.getByRole("dialog")).toHaveCount(0);
  };

  await playground.openPreset("Surface");
  await expect(seed).toHaveValue("1");
  await open("kept.json", text);
  await expect(page).toHaveTitle("spiral-mlp · Descent");
  await expect(seed).toHaveValue("77");

  await playground.openPreset("Surface");
  await expect(page).toHaveTitle("regression-mlp · Descent");
  await drop(page, "kept.json", text);
  await expect(page).toHaveTitle("spiral-mlp · Descent");
  await expect(seed).toHaveValue("77");
  await playground.ready();

  await open("broken.json", '{\n  "name": spiral\n}');
  await expect(alert).toHaveText(/^“broken\.json” cannot be opened\. It stops being JSON at line 2, column 11\./);
  await drop(page, "other.json", '{ "colour": "blue" }');
  await expect(alert).toHaveText(
    /^“other\.json” cannot be opened\. What it holds is no experiment: version is missing/,
  );
  await drop(page, "program.exe", "MZ");
  await expect(alert).toHaveText(
    /^“program\.exe” cannot be opened\. No data source reads files of this name; .*\.json/,
  );
  await expect(seed).toHaveValue("77");
  await playground.trainTo(1);
});
