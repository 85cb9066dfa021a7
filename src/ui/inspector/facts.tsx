import type { ReactNode } from "react";

/** Names and values below each other. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="space-y-1 border-t border-line pt-2.5">{children}</dl>;
}

/** One of them; left out while it is not known. */
export function Fact({ name, value }: { readonly name: string; readonly value: string | undefined }) {
  if (value === undefined) return null;
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="text-muted">{name}</dt>
      <dd className="text-right">{value}</dd>
    </div>
  );
}
