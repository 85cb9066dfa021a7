/** The name most like the one given, if one is like it: at most a third of its letters differ. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, most: Math.ceil(name.length / 3) }))
    // As many letters differ at least: a text of a million of them is not compared letter by letter.
    .filter(({ name, most }) => Math.abs(given.length - name.length) <= most)
    .map(({ name, most }) => ({ name, most, distance: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance, most }) => distance <= most)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.name;
}

/** Levenshtein's: the fewest letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [k, letter] of [...a].entries()) {
    const next = [k + 1];
    for (const [column, other] of [...b].entries()) {
      const [left, above, diagonal] = [next[column] as number, row[column + 1] as number, row[column] as number];
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] as number;
}
