import type { Field, LayerDescription, NodeSpec, Text } from "../../app/engine-types.ts";
import { optionText } from "../fields/option-text.ts";
import { formatNumber } from "../format.ts";

/** More would not fit on a card. */
const MAX_SETTINGS = 3;

/**
 * The main settings of a layer in one line: "32 · 3×3 · relu". That is its first field, a window beside it, and what is not
 * as it is by default.
 */
export function settingsLine(
  node: NodeSpec,
  layer: LayerDescription,
  shape: readonly number[] | undefined,
  say: (text: Text) => string,
): string {
  const parts: string[] = [];
  for (const [place, [name, field]] of Object.entries(layer.fields).entries()) {
    const value = node[name];
    const isMain =
      place === 0 || (parts.length === 0 && field.kind === "integer") || (place === 1 && field.kind === "pair");
    const isDefault = JSON.stringify(value) === JSON.stringify(field.default);
    if (isDefault && (!isMain || isTechnical(field))) continue;
    const part = partOf(name, field, value, shape, say);
    if (part !== undefined) parts.push(part);
  }
  return parts.slice(0, MAX_SETTINGS).join(" · ");
}

/** Whether a number is there for the arithmetic's sake, such as a small one that keeps from dividing by 0. */
function isTechnical(field: Field): boolean {
  return field.kind === "number" && field.default > 0 && field.default < 0.001;
}

function partOf(
  name: string,
  field: Field,
  value: unknown,
  shape: readonly number[] | undefined,
  say: (text: Text) => string,
): string | undefined {
  // How the first weights are drawn is looked up in the inspector.
  if (name.endsWith("Initializer")) return undefined;
  switch (field.kind) {
    case "integer":
      // A size needs no name.
      return field.min > 0 ? formatNumber(value as number) : `${say(field.label)} ${formatNumber(value as number)}`;
    case "auto":
      if (value !== "auto") return formatNumber(value as number);
      // What "auto" stands for shows in the last axis of the output.
      return /^(units|filters)$/.test(name) ? shape?.at(-1)?.toString() : undefined;
    case "pair":
      return (Array.isArray(value) ? value : [value, value]).join("×");
    case "list":
      return `(${(value as readonly number[]).join(", ")})`;
    case "number":
      return `${say(field.label)} ${formatNumber(value as number)}`;
    case "flag":
      return value ? say(field.label) : undefined;
    case "optional":
      return value === null ? undefined : `${say(field.label)} ${formatNumber(value as number)}`;
    case "choice":
      return optionText(field, value as string, say);
    case "line":
      return (value as string) || undefined;
  }
}

/** 26×26×32; a single number has the shape 1. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "1" : shape.join("×");
}
