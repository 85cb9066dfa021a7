import { type PanelName, useShownPanel } from "./shown-panel.ts";

/** What the keyboard comes to in a panel. */
const FIRST = {
  network: ".react-flow",
  inspector: "[data-inspector] :is(input, select, textarea):not(:disabled)",
} as const satisfies Partial<Record<PanelName, string>>;

/** A panel that has not been shown yet may have to be fetched; later than this, in milliseconds, the keyboard is elsewhere. */
const PATIENCE_MS = 1000;

/** Shows a panel, and brings the keyboard to the network, or to the first field of what is selected. */
export async function focusPanel(panel: keyof typeof FIRST): Promise<void> {
  useShownPanel.setState({ panel });
  const began = performance.now();
  do {
    await new Promise(requestAnimationFrame);
    const first = document.querySelector<HTMLElement>(FIRST[panel]);
    if (first) return first.focus();
  } while (performance.now() - began < PATIENCE_MS);
}
