import { type NamedRun, runsCsv } from "../../app/runs-csv.ts";
import { download } from "../download.ts";
import { MARGINS } from "./plot-area.ts";

/** A chart on screen, to be saved as a picture. */
interface ChartPicture {
  readonly svg: SVGSVGElement;
  readonly title: string;
  readonly runs: readonly NamedRun[];
}

/** What decides how a shape looks: pictures do not have the page's style sheet. */
const LOOKS = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linejoin",
  "paint-order",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
] as const;

/** Of the legend: the foot of its first line, and from there to the next. */
const FIRST_LINE = 38;
const LINE = 17;

const SVG = "http://www.w3.org/2000/svg";

export async function saveSvg(picture: ChartPicture): Promise<void> {
  download(new Blob([svgText(picture)], { type: "image/svg+xml" }), `${fileName(picture.title)}.svg`);
}

/** Twice as many pixels as on screen. */
export async function savePng(picture: ChartPicture): Promise<void> {
  const address = URL.createObjectURL(new Blob([svgText(picture)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * image.width;
    canvas.height = 2 * image.height;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob === null) throw new Error(`${canvas.width} × ${canvas.height}`);
    download(blob, `${fileName(picture.title)}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Written piece by piece: the page keeps responding while a million rows are. */
export async function saveCsv(runs: readonly NamedRun[]): Promise<void> {
  const pieces: string[] = [];
  for (const piece of runsCsv(runs)) {
    pieces.push(piece);
    await new Promise((resolve) => setTimeout(resolve));
  }
  download(new Blob(pieces, { type: "text/csv;charset=utf-8" }), "runs.csv");
}

/** The chart as a picture that needs nothing else: its colours as they are now, with title and names of runs. */
function svgText({ svg, title, runs }: ChartPicture): string {
  const [width, height] = [svg.clientWidth, svg.clientHeight];
  const legend = legendOf(runs.toReversed(), width);
  const top = FIRST_LINE + LINE * ((legend.at(-1)?.line ?? 0) + 1);
  const picture = element("svg", {
    xmlns: SVG,
    width,
    height: height + top - MARGINS.top,
    "font-family": "system-ui, sans-serif",
    "font-size": 11,
  });
  picture.append(element("rect", { width: "100%", height: "100%", fill: colour("--panel") }));
  const heading = { x: 12, y: 18, fill: colour("--text"), "font-size": 13, "font-weight": 600 };
  picture.append(element("text", heading, title));
  for (const { x, line, run } of legend) {
    const y = FIRST_LINE + LINE * line;
    const stroke = colour(`--run-${run.slot}`);
    picture.append(element("line", { x1: x, x2: x + 12, y1: y - 4, y2: y - 4, stroke, "stroke-width": 2 }));
    picture.append(element("text", { x: x + 17, y, fill: colour("--muted") }, run.name));
  }
  const chart = svg.cloneNode(true) as SVGSVGElement;
  const [originals, copies] = [svg.querySelectorAll("*"), chart.querySelectorAll("*")];
  originals.forEach((original, k) => {
    const style = getComputedStyle(original);
    const copy = copies[k] as SVGElement;
    copy.removeAttribute("class");
    copy.removeAttribute("style");
    for (const look of LOOKS) copy.setAttribute(look, style.getPropertyValue(look));
  });
  for (const name of ["class", "style", "role", "tabindex"]) chart.removeAttribute(name);
  // The chart leaves room above itself for what is under the pointer.
  chart.setAttribute("y", String(top - MARGINS.top));
  chart.setAttribute("width", String(width));
  chart.setAttribute("height", String(height));
  picture.append(chart);
  return new XMLSerializer().serializeToString(picture);
}

/** Names beside each other, in as many lines as they need. */
function legendOf(runs: readonly NamedRun[], width: number) {
  let [x, line] = [12, 0];
  return runs.map((run) => {
    // Letters of Chinese are about twice as wide as those of English.
    const space = 34 + [...run.name].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 11 : 6.2), 0);
    if (x > 12 && x + space > width) [x, line] = [12, line + 1];
    const place = { x, line, run };
    x += space;
    return place;
  });
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function element(name: string, attributes: Readonly<Record<string, string | number>>, text?: string): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

const fileName = (title: string) => title.toLowerCase().replaceAll(/\s+/g, "-");
