import { beforeEach, describe, expect, test, vi } from "vitest";
import { autosave } from "../../src/app/autosave.ts";
import { memoryStorage } from "../../src/app/browser-storage.ts";
import type { Conductor } from "../../src/app/conductor.ts";
import { type Engine, EngineError } from "../../src/app/engine.ts";
import { createExperimentStore } from "../../src/app/experiment-store.ts";
import { createLessonStore } from "../../src/app/lesson-store.ts";
import { Location } from "../../src/app/location.ts";
import { Opener } from "../../src/app/opener.ts";
import { SavedExperiments } from "../../src/app/saved-experiments.ts";
import { parseExperiment } from "../../src/nn/experiment.ts";
import { type Preset, presets } from "../../src/nn/presets.ts";
import { problemOf } from "../../src/train/problem.ts";
import { fakeWindow } from "./fake-window.ts";
import { forged } from "./linking.ts";

const call = async (_: string, json: unknown) => {
  try {
    return parseExperiment(json);
  } catch (error) {
    throw new EngineError(problemOf(error));
  }
};

/** A browser: what it keeps outlasts its pages. */
function createBrowser(start?: string) {
  let tab = memoryStorage();
  const browser = memoryStorage();
  let window = fakeWindow(start);
  const load = async () => {
    window.forgetListeners();
    const experiments = createExperimentStore();
    const lesson = createLessonStore();
    const train = vi.fn();
    const location = new Location(window.bar);
    const saved = new SavedExperiments(tab, browser);
    const parts = { experiments, lesson, location, saved };
    const opener = new Opener({
      ...parts,
      engine: { call } as unknown as Engine,
      conductor: { train } as unknown as Conductor,
    });
    const keep = autosave(parts, () => opener.refuse({ of: "saving" }));
    await opener.openFirst();
    return {
      opener,
      lesson,
      train,
      keep,
      edit: (batchSize: number) => experiments.edit((experiment) => ({ ...experiment, batchSize })),
      name: () => experiments.getState().experiment?.name,
      batch: () => experiments.getState().experiment?.batchSize,
      preset: () => experiments.getState().preset,
      refusal: () => opener.state.getState().refusal,
    };
  };
  return {
    load,
    window: () => window,
    tab: () => tab,
    browser,
    newTab(address?: string) {
      tab = memoryStorage();
      window = fakeWindow(address);
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
let browser = createBrowser();
beforeEach(() => {
  browser = createBrowser();
});

describe("what the page opens", () => {
  test("the first preset, and the address stays bare", async () => {
    const page = await browser.load();
    expect([page.name(), page.preset(), browser.window().hash()]).toEqual(["spiral-mlp", "spiral-mlp", ""]);
  });

  test("what was edited, after a reload", async () => {
    const page = await browser.load();
    page.edit(7);
    page.keep();
    expect((await browser.load()).batch()).toBe(7);
  });

  test("what was open last, in another tab", async () => {
    const page = await browser.load();
    page.edit(7);
    page.keep();
    browser.newTab();
    expect((await browser.load()).batch()).toBe(7);
  });

  test("a link before what was open last; and its edits after a reload", async () => {
    const before = await browser.load();
    before.edit(7);
    before.keep();
    browser.newTab("http://localhost/#e=1.lenet5&hide=runs&note=Hi&run=1");
    const page = await browser.load();
    expect([page.name(), page.batch(), page.train.mock.calls.length]).toEqual(["lenet5", 64, 1]);
    page.edit(9);
    page.keep();
    const again = await browser.load();
    expect([again.name(), again.batch(), again.train.mock.calls.length]).toEqual(["lenet5", 9, 1]);
    expect(again.lesson.getState()).toEqual({ hidden: new Set(["runs"]), note: "Hi" });
  });

  test("no lesson where its link does not lead to", async () => {
    browser.newTab("http://localhost/#e=1.lenet5&hide=runs&note=Hi");
    (await browser.load()).keep();
    browser.newTab();
    const page = await browser.load();
    expect(page.name()).toBe("lenet5");
    expect(page.lesson.getState()).toEqual({ hidden: new Set(), note: undefined });
  });

  test("what was open last where a link is refused, and the link once more after a reload", async () => {
    const before = await browser.load();
    before.edit(7);
    before.keep();
    browser.newTab("http://localhost/#e=2.lenet5");
    const page = await browser.load();
    expect([page.name(), page.batch()]).toEqual(["spiral-mlp", 7]);
    expect(page.refusal()).toEqual({ of: "link", reason: { kind: "newer", version: 2 } });
    page.keep();
    expect((await browser.load()).refusal()).toMatchObject({ of: "link" });
  });

  test("what was open last where a part of the page that a link takes cannot be loaded", async () => {
    const before = await browser.load();
    before.edit(7);
    before.keep();
    browser.newTab("http://localhost/#e=1.lenet5");
    const lenet = presets.find(({ name }) => name === "lenet5") as Preset;
    const load = vi.spyOn(lenet, "load").mockRejectedValue(new TypeError("Failed to fetch module"));
    const page = await browser.load();
    load.mockRestore();
    expect([page.name(), page.batch()]).toEqual(["spiral-mlp", 7]);
    expect(page.refusal()).toEqual({ of: "link", reason: { kind: "notLoaded" } });
  });

  test.each(["{", "null", '{"hash":""}', '{"hash":"","experiment":{"version":1},"hidden":[]}', '{"hidden":["all"]}'])(
    "the first preset where what was kept is damaged, and says so once: %s",
    async (text) => {
      const page = await browser.load();
      page.keep();
      browser.browser.setItem("descent last", text);
      const place = JSON.parse(browser.tab().getItem("descent places") ?? "[]")[0];
      browser.tab().setItem(`descent place ${place}`, text);
      const again = await browser.load();
      expect([again.name(), again.refusal()]).toEqual(["spiral-mlp", { of: "saved" }]);
      again.keep();
      expect((await browser.load()).refusal()).toBeUndefined();
    },
  );
});

describe("back and forward", () => {
  test("step through what was opened, each with its edits", async () => {
    const page = await browser.load();
    page.edit(7);
    await page.opener.openPreset("sine-lstm");
    expect(browser.window().hash()).toBe("#e=1.sine-lstm");
    page.edit(8);
    await page.opener.openPreset("empty");
    browser.window().back();
    await settled();
    expect([page.name(), page.batch()]).toEqual(["sine-lstm", 8]);
    browser.window().back();
    await settled();
    expect([page.name(), page.batch()]).toEqual(["spiral-mlp", 7]);
    browser.window().forward();
    await settled();
    expect([page.name(), page.batch()]).toEqual(["sine-lstm", 8]);
  });

  test("a link that is pasted is opened once, though the browser tells it twice", async () => {
    const page = await browser.load();
    const lenet = presets.find(({ name }) => name === "lenet5") as Preset;
    const load = vi.spyOn(lenet, "load");
    browser.window().paste("#e=1.lenet5");
    await settled();
    expect([page.name(), load.mock.calls.length]).toEqual(["lenet5", 1]);
    load.mockRestore();
  });

  test("a link that is pasted is opened, and one that is refused leaves what is open", async () => {
    const page = await browser.load();
    page.edit(7);
    browser.window().paste("#e=1.lenet5");
    await settled();
    expect(page.name()).toBe("lenet5");
    browser.window().paste(forged({ batchSize: -1 }));
    await vi.waitFor(() => expect(page.refusal()).toBeDefined());
    expect(page.name()).toBe("lenet5");
    expect(page.refusal()).toMatchObject({
      of: "link",
      reason: { text: { en: expect.stringContaining("batchSize") } },
    });
    browser.window().back();
    browser.window().back();
    await settled();
    expect([page.name(), page.batch(), page.refusal()]).toEqual(["spiral-mlp", 7, undefined]);
  });

  test("a place on the page changes nothing", async () => {
    const page = await browser.load();
    page.edit(7);
    browser.window().paste("#canvas");
    await settled();
    expect([page.batch(), page.refusal()]).toEqual([7, undefined]);
  });
});

describe("files", () => {
  const file = (text: string) => new File([text], "mine.json");

  test("are opened, and the address names nothing then", async () => {
    const page = await browser.load();
    await page.opener.openPreset("lenet5");
    const json = {
      version: 1,
      name: "mine",
      data: { kind: "moons" },
      model: { nodes: [{ id: "a", layer: "Input" }], edges: [] },
    };
    await page.opener.openFile(file(JSON.stringify({ ...json, loss: { kind: "huber" }, optimizer: { kind: "sgd" } })));
    expect([page.name(), page.preset(), browser.window().hash()]).toEqual(["mine", undefined, ""]);
  });

  test.each([
    ['{\n  "version": 1,\n  oops\n}', { kind: "noJsonAt", line: 3, column: 3 }],
    ['{"version": 1', { kind: "noJsonAt", line: 1, column: 14 }],
    ['{"__proto__": {}}', { kind: "forbiddenKey", key: "__proto__" }],
    [" ".repeat(2 ** 20 + 1), { kind: "fileTooLarge", size: 2 ** 20 + 1, limit: 2 ** 20 }],
    ['{"version": 2}', { text: { en: expect.stringContaining("version is 2") } }],
  ])("are refused with place and cure: %.20s", async (text, reason) => {
    const page = await browser.load();
    page.edit(7);
    await page.opener.openFile(file(text));
    expect(page.refusal()).toMatchObject({ of: "file", file: "mine.json", reason });
    expect(page.batch()).toBe(7);
  });
});

test("a browser that keeps nothing is told of once", async () => {
  browser.browser.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  browser.tab().setItem = browser.browser.setItem;
  const page = await browser.load();
  page.keep();
  expect(page.refusal()).toEqual({ of: "saving" });
  page.opener.dismiss();
  page.edit(7);
  page.keep();
  expect(page.refusal()).toBeUndefined();
});

test("only the last 30 places are remembered", async () => {
  const page = await browser.load();
  for (let k = 0; k < 40; k++) {
    await page.opener.openPreset(k % 2 ? "lenet5" : "sine-lstm");
    page.keep();
  }
  expect(JSON.parse(browser.tab().getItem("descent places") ?? "")).toHaveLength(30);
});
