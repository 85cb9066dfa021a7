/** The entry of a list (losses, optimizers, data sources …) that an experiment names; its schema knows no other names. */
export function ofKind<T extends { readonly kind: string }>(list: readonly T[], kind: string): T {
  return list.find((entry) => entry.kind === kind) as T;
}
