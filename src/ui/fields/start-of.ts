interface Limits {
  readonly min: number;
  readonly max: number;
}

/** A number to begin with: one that is asked for, the default, or 1; whichever it is, within the limits. */
export function startOf({ min, max }: Limits, usual: unknown, start: number | undefined): number {
  const wished = start ?? (typeof usual === "number" ? usual : 1);
  return Math.min(max, Math.max(min, wished));
}
