import { thisBrowser } from "../app/browser.ts";
import { createRun, type Run } from "../app/run.ts";
import "./page.css";

// The page until the playground stands here: one button, and the loss as it falls.

const sentences: Record<Run["state"], string> = {
  ready: "Ready.",
  training: "Training…",
  paused: "Paused.",
  finished: "Finished.",
  failed: "Failed.",
  unsupported: "Not supported.",
};

/** What a press of the button does. */
const labels: Record<Run["state"], string> = {
  ready: "Train",
  training: "Pause",
  paused: "Train",
  finished: "Train again",
  failed: "Train again",
  unsupported: "Train",
};

const button = element("toggle", HTMLButtonElement);
const status = element("status", HTMLElement);
const table = element("history", HTMLTableElement);
const rows = element("losses", HTMLTableSectionElement);

const run = createRun(show, thisBrowser());
button.addEventListener("click", run.toggle);

function show({ state, history, problem }: Run) {
  button.textContent = labels[state];
  button.disabled = state === "unsupported";
  const text = problem ?? sentences[state];
  // Written only when it changes, so that a screen reader says it once.
  if (status.textContent !== text) status.textContent = text;
  status.classList.toggle("problem", problem !== undefined);
  table.hidden = history.length === 0;
  // The newest on top.
  rows.replaceChildren(...history.toReversed().map(({ step, loss }) => row(String(step), loss.toPrecision(4))));
}

function row(...cells: readonly string[]) {
  const line = document.createElement("tr");
  for (const text of cells) line.insertCell().textContent = text;
  return line;
}

function element<E extends HTMLElement>(id: string, type: new () => E): E {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`index.html has no ${type.name} with the id "${id}"`);
}
