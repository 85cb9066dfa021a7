import { copiedText, fragmentIn, withFragment } from "../../app/edits/clipboard.ts";
import { nodesAmong } from "../../app/edits/groups.ts";
import { MAX_NODES } from "../../app/edits/model.ts";
import { EngineError } from "../../app/engine.ts";
import type { ModelSpec, Text } from "../../app/engine-types.ts";
import { type CanvasParts, isLaidOut } from "./canvas-parts.ts";
import { focusCard } from "./focus-card.ts";
import { freeBelow } from "./layout/beside.ts";
import { boundsOf, CARD_HEIGHT, CARD_WIDTH, type Point } from "./layout/box.ts";

/** Nodes to and from the clipboard, as JSON. */
export function createClipboardActions(parts: CanvasParts, say: (text: Text) => string) {
  const { playground, canvas, network, t } = parts;
  const { engine, experiments } = playground;

  /** What is selected, as text; undefined where that is no node. */
  const copied = (): string | undefined => {
    const { experiment, selection } = experiments.getState();
    if (experiment === undefined || nodesAmong(experiment.model, selection).length === 0) return undefined;
    return copiedText(experiment, selection);
  };

  /** Adds what a text holds, at a place on the canvas; the engine checks it as strictly as a file. */
  const paste = async (text: string, at?: Point): Promise<void> => {
    const { experiment } = experiments.getState();
    const fragment = fragmentIn(text);
    if (experiment === undefined) return;
    if (fragment === undefined) return canvas.refuse(t("nothingToPaste"));
    try {
      const checked = await engine.call("parse", { ...experiment, model: fragment });
      const { experiment: present = experiment } = experiments.getState();
      // Where everything is laid out by itself, so is what comes.
      const place = at === undefined || isLaidOut(present) ? undefined : freePlace(checked.model, at);
      const { experiment: next, ids } = withFragment(present, checked.model, place);
      const [first] = ids;
      if (first === undefined) return canvas.refuse(t("full", { count: MAX_NODES }));
      experiments.edit(() => next);
      experiments.select(ids);
      canvas.announce(t("added", { count: ids.length, names: ids.join(", ") }));
      requestAnimationFrame(() => focusCard(parts, first));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      canvas.refuse(say(error.problem.text));
    }
  };

  /** From a point down, where nothing is in the way. */
  const freePlace = ({ nodes }: ModelSpec, { x, y }: Point): readonly [number, number] => {
    const cards = nodes.map(({ at = [0, 0] }) => ({ x: at[0], y: at[1], width: CARD_WIDTH, height: CARD_HEIGHT }));
    const free = freeBelow({ ...boundsOf(cards), x, y }, network().layout.values());
    return [free.x, free.y];
  };

  return {
    copied,
    paste,
    /** For the menu, which has no clipboard event. */
    async copy(): Promise<boolean> {
      const text = copied();
      if (text === undefined) return false;
      try {
        await navigator.clipboard.writeText(text);
        canvas.announce(t("copied"));
        return true;
      } catch {
        canvas.refuse(t("clipboardRefused"));
        return false;
      }
    },
    async pasteFromClipboard(at?: Point): Promise<void> {
      let text: string;
      try {
        text = await navigator.clipboard.readText();
      } catch {
        return canvas.refuse(t("clipboardRefused"));
      }
      await paste(text, at);
    },
  };
}

export type ClipboardActions = ReturnType<typeof createClipboardActions>;
