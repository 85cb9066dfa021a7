import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";

/** What a row of the CSV file says, by its columns' names. */
export type Row = Readonly<Record<string, string>>;

/** Saves the chart as a file of this kind, and gives its name and bytes. */
export async function savedChart(page: Page, kind: "PNG" | "SVG" | "CSV") {
  const settings = page.getByRole("button", { name: "Chart settings" });
  if ((await settings.getAttribute("aria-expanded")) === "false") await settings.click();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: new RegExp(`^Save .*${kind}`) }).click();
  const download = await saving;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Every point of the runs on the chart, with all the digits there are. */
export async function chartRows(page: Page): Promise<Row[]> {
  const { bytes } = await savedChart(page, "CSV");
  const [names, ...rows] = bytes
    .toString()
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));
  return rows.map((row) => Object.fromEntries(row.map((cell, k) => [names?.[k], cell])));
}
