import { HIDEABLE, type Hideable } from "../lesson-store.ts";
import { LINK_VERSION, MAX_LINK, MAX_NOTE } from "./limits.ts";
import { LinkError } from "./link-error.ts";

/** What follows the "#" in an address, taken apart: #e=1.digits-cnn.eJyr…&hide=inspector&note=…&run=1 */
export interface LinkParts {
  /** The preset it starts from; undefined: the first. */
  readonly preset: string | undefined;
  /** The changes, compressed; undefined: none. */
  readonly changes: string | undefined;
  readonly hidden: readonly Hideable[];
  readonly note: string | undefined;
  /** Whether it trains at once. */
  readonly runs: boolean;
}

const PARAMETERS = ["e", "hide", "note", "run"];

/** Whether an address names an experiment; "#canvas" only leads to a place on the page. */
export function isLink(hash: string): boolean {
  return hash.includes("=");
}

export function linkHash({ preset, changes, hidden, note, runs }: LinkParts): string {
  const parts = [`e=${[LINK_VERSION, preset, changes].filter((part) => part !== undefined).join(".")}`];
  if (hidden.length > 0) parts.push(`hide=${hidden.join(",")}`);
  if (note !== undefined) parts.push(`note=${encodeURIComponent(note)}`);
  if (runs) parts.push("run=1");
  return `#${parts.join("&")}`;
}

export function readHash(hash: string): LinkParts {
  if (hash.length > MAX_LINK) throw new LinkError({ kind: "tooLarge", size: hash.length, limit: MAX_LINK });
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const names = [...parameters.keys()];
  const strangers = names.filter((name) => !PARAMETERS.includes(name));
  if (strangers.length > 0) {
    throw new LinkError({ kind: "unknownParameter", names: listed(strangers), known: PARAMETERS.join(", ") });
  }
  const repeated = names.find((name, k) => names.indexOf(name) !== k);
  if (repeated !== undefined) throw new LinkError({ kind: "repeatedParameter", name: repeated });
  const experiment = parameters.get("e");
  return {
    ...(experiment === null ? { preset: undefined, changes: undefined } : readExperiment(experiment)),
    hidden: readHidden(parameters.get("hide")),
    note: readNote(parameters.get("note")),
    runs: readRuns(parameters.get("run")),
  };
}

/** The version is read first: what follows it is that version's own. */
function readExperiment(text: string): Pick<LinkParts, "preset" | "changes"> {
  const [version, ...rest] = text.split(".");
  if (!/^\d{1,9}$/.test(version as string)) throw new LinkError({ kind: "damaged" });
  const number = Number(version);
  if (number !== LINK_VERSION)
    throw new LinkError({ kind: number > LINK_VERSION ? "newer" : "older", version: number });
  const [preset, changes] = rest;
  if (!preset || changes === "" || rest.length > 2) throw new LinkError({ kind: "damaged" });
  return { preset, changes };
}

function readHidden(text: string | null): Hideable[] {
  const names = text ? text.split(",") : [];
  const strangers = names.filter((name) => !(HIDEABLE as readonly string[]).includes(name));
  if (strangers.length > 0) {
    throw new LinkError({ kind: "unknownHide", names: listed(strangers), known: HIDEABLE.join(", ") });
  }
  return [...new Set(names as Hideable[])];
}

function readNote(text: string | null): string | undefined {
  const note = text?.replaceAll("\r\n", "\n").trim();
  if (!note) return undefined;
  const { length } = [...note];
  if (length > MAX_NOTE) throw new LinkError({ kind: "noteTooLong", length, limit: MAX_NOTE });
  return note;
}

function readRuns(text: string | null): boolean {
  if (text !== null && text !== "1") throw new LinkError({ kind: "unknownRun", value: text.slice(0, 60) });
  return text === "1";
}

/** The first few, each short enough for a sentence. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name.length > 40 ? `${name.slice(0, 40)}…` : name}"`);
  return names.length > 3 ? `${shown.join(", ")} …` : shown.join(", ");
}
