import { expect, test } from "./page.ts";
import { PlaygroundPage } from "./playground.ts";

const WIDTH = 390;

test.use({ viewport: { width: WIDTH, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });

const PANELS = ["Network", "Library", "Settings", "Loss", "Runs", "Results"];

test("on a phone: trains, looks at every panel, adds a layer and sets a field by touch; nothing is too wide or too small", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  const show = (panel: string) =>
    page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: panel }).tap();
  const main = page.getByRole("main");
  await playground.open();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const loss = await playground.loss();
  await playground.button("Train").tap();
  await expect.poll(() => playground.loss()).toBeLessThan(loss / 2);
  await playground.button("Pause").tap();
  // All of it can be read.
  expect(await playground.status.evaluate((line) => line.scrollWidth <= line.clientWidth)).toBe(true);

  for (const panel of PANELS) {
    await show(panel);
    await expect(page.getByRole("main", { name: panel })).toBeVisible();
    await fits(panel);
  }
  await expect(main.getByRole("tab", { name: "Decision map" })).toBeVisible();
  await show("Runs");
  await expect(main.getByRole("listitem")).toHaveCount(1);
  await show("Loss");
  await expect(page.getByRole("figure", { name: "Loss", exact: true })).toBeVisible();
  await playground.button("Show as table").tap();
  await expect(page.getByRole("table", { name: /^Loss of / })).toBeVisible();
  await fits("Loss with its table");

  await show("Library");
  for (const tab of ["Data", "Training", "Layers"]) {
    await playground.libraryTab(tab).tap();
    await expect(page.getByRole("tabpanel", { name: tab })).toContainText(/\w/);
    await fits(tab);
  }
  await playground.layer("Dropout").tap();
  await show("Network");
  await expect(playground.node("Dropout dropout")).toBeInViewport({ ratio: 0.99 });
  await playground.node("Dense dense_2").tap();
  await show("Settings");
  await playground.write(playground.field("Units"), "12");
  await fits("Settings of a layer");
  await show("Network");
  await expect(playground.node("Dense dense_2")).toContainText("12");
  await fits("Network with another layer");
  // The settings are another panel here: the key and the menu show it.
  await playground.node("Dense dense_2").press("Enter");
  await expect(page.getByRole("main", { name: "Settings" })).toBeVisible();
  await expect(main.getByRole("heading", { name: "Dense" })).toBeVisible();
  await expect(main.getByRole("textbox").first()).toBeFocused();
  await show("Network");
  await playground.node("Dropout dropout").tap();
  await playground.node("Dropout dropout").press("Shift+F10");
  await page.getByRole("menuitem", { name: "Settings" }).tap();
  await expect(main.getByRole("heading", { name: "Dropout" })).toBeVisible();
  await expect(main.getByRole("textbox").first()).toBeFocused();
  await show("Network");
  await expect(playground.status).toContainText("Step 0 ");
  await playground.button("Train").tap();
  await playground.trains();

  for (const [opener, title] of [
    ["Presets", "Presets"],
    ["Share", "Share"],
  ] as const) {
    await playground.button(opener).tap();
    await expect(page.getByRole("dialog", { name: title })).toBeVisible();
    await fits(title);
    await playground.button("Close").tap();
  }

  /** Nothing makes the page scroll sideways, nothing is cut off at its side, and all that is pressed is large enough. */
  async function fits(place: string): Promise<void> {
    const found = await page.evaluate((width) => {
      const name = (element: Element) =>
        `${element.localName} “${element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 30)}”`;
      const isSeen = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      const scrolls = (element: Element) =>
        ["auto", "scroll"].includes(getComputedStyle(element).overflowX) || element.matches("[role=application]");
      const isInScroller = (element: Element): boolean => {
        for (let parent = element.parentElement; parent; parent = parent.parentElement)
          if (scrolls(parent)) return true;
        return false;
      };
      // A dialog lies over all else.
      const top = document.querySelector("[role=dialog]") ?? document.body;
      const all = [...top.querySelectorAll("*")].filter(isSeen);
      const tooWide = all
        .filter((element) => {
          const box = element.getBoundingClientRect();
          return box.width > 0 && (box.left < -1 || box.right > width + 1) && !isInScroller(element);
        })
        .map(name);
      const pressable =
        "button, a, input:not([type=file]), select, textarea, summary, [role=tab], [role=option], [role=switch], [role=radio], [role=slider], [title*=connect]";
      /** Whether what is drawn smaller takes the touches round it, too. */
      const takesTouches = (element: Element) => {
        element.scrollIntoView({ block: "center" });
        const { x, y, width, height } = element.getBoundingClientRect();
        const [centreX, centreY, reach] = [x + width / 2, y + height / 2, 11.5];
        return [
          [centreX - reach, centreY],
          [centreX + reach, centreY],
          [centreX, centreY - reach],
          [centreX, centreY + reach],
        ].every(([left = 0, top = 0]) => element.contains(document.elementFromPoint(left, top)));
      };
      const tooSmall = all
        // Links and buttons within a sentence are as high as its line.
        .filter((element) => element.matches(pressable) && getComputedStyle(element).display !== "inline")
        .flatMap((element) => {
          const target = element.closest("label") ?? element;
          const { width, height } = target.getBoundingClientRect();
          const isSmall = width > 1 && (width < 24 || height < 24);
          return isSmall && !takesTouches(target) ? [`${name(element)} ${width} × ${height}`] : [];
        });
      return { scrollWidth: document.documentElement.scrollWidth, tooWide, tooSmall };
    }, WIDTH);
    expect.soft(found, place).toEqual({ scrollWidth: WIDTH, tooWide: [], tooSmall: [] });
  }
});
