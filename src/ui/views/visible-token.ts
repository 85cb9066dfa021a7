/** A token so that it can be seen also where it is blank: a space, the end of a line. */
export function visibleToken(token: string): string {
  if (token === " ") return "␣";
  if (token === "\n") return "⏎";
  if (token === "\t") return "⇥";
  return token;
}
