import type { Family } from "../../app/engine-types.ts";

/** The colour of a family of layers, as on the canvas. */
export function FamilySquare({ family }: { readonly family: Family }) {
  return (
    <span
      aria-hidden
      className="size-2.5 shrink-0 rounded-[3px]"
      style={{ backgroundColor: `var(--family-${family})` }}
    />
  );
}
