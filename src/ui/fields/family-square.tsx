import type { Family } from "../../app/engine-types.ts";

/** The colour of a family of layers, as on the canvas. */
export function FamilySquare({ family }: { readonly family: Family }) {
  return (
    <span
      aria-hidden
      className="family-square size-2.5 bg-current shrink-0 rounded-[3px]"
      style={{ color: `var(--family-${family})` }}
    />
  );
}
