import type { Field, LayerDescription, NodeSpec, Text } from "../../app/engine-types.ts";
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
  const parts = Object.entries(layer.fields).flatMap(([name, field], place) => {
    const value = node[name];
    const isMain = place === 0 || (place === 1 && field.kind === "pair");
    const isDefault = JSON.stringify(value) === JSON.stringify(field.default);
    if (isDefault && !isMain) return [];
    const part = partOf(name, field, value, shape, say);
    return part === undefined ? [] : [part];
  });
  return parts.slice(0, MAX_SETTINGS).join(" · ");
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
      return formatNumber(value as number);
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
    case "line":
      return (value as string) || undefined;
  }
}

/** 26×26×32; a single number has the shape 1. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "1" : shape.join("×");
}
