import type { Position } from "../op.ts";
import { type Shape, stridesOf } from "../tensor.ts";
import type { Scope } from "./scope.ts";

/** A row-major position; its coordinates are divided out of it when first asked for. */
export function flatPosition(shape: Shape, flat: string, scope: Scope): Position {
  let coords: readonly string[] | undefined;
  return {
    flat,
    get coords() {
      coords ??= coordsOf(shape, flat, scope);
      return coords;
    },
  };
}

/** A position given by coordinates; they are multiplied together when the row-major position is asked for. */
export function coordsPosition(shape: Shape, coords: readonly string[]): Position {
  return {
    coords,
    get flat() {
      return flatOf(shape, coords);
    },
  };
}

/** Where an operand of shape `from` is read for an output of shape `to` at a position, broadcast as NumPy does. */
export function broadcastPosition(from: Shape, to: Shape, at: Position): Position {
  const lead = to.length - from.length;
  const sameSizes =
    from.every((size, axis) => size === to[axis + lead]) && to.slice(0, lead).every((size) => size === 1);
  if (sameSizes)
    return {
      flat: at.flat,
      get coords() {
        return at.coords.slice(lead);
      },
    };
  if (from.every((size) => size === 1)) return { flat: "0u", coords: from.map(() => "0u") };
  return coordsPosition(
    from,
    from.map((size, axis) => (size === 1 ? "0u" : (at.coords[axis + lead] as string))),
  );
}

function coordsOf(shape: Shape, flat: string, scope: Scope): string[] {
  const strides = stridesOf(shape);
  let outermost = true;
  return shape.map((size, axis) => {
    if (size === 1) return "0u";
    const stride = strides[axis] as number;
    const quotient = stride === 1 ? flat : `(${flat}) / ${stride}u`;
    const coordinate = outermost ? quotient : `(${quotient}) % ${size}u`;
    outermost = false;
    return scope.bind("u32", coordinate);
  });
}

function flatOf(shape: Shape, coords: readonly string[]): string {
  const strides = stridesOf(shape);
  const terms = coords.flatMap((coordinate, axis) => {
    if (coordinate === "0u") return [];
    const stride = strides[axis] as number;
    return [stride === 1 ? coordinate : `(${coordinate}) * ${stride}u`];
  });
  if (terms.length === 0) return "0u";
  return terms.length === 1 ? (terms[0] as string) : `(${terms.join(" + ")})`;
}
