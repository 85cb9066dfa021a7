import type { SourceDescription } from "../train/protocol.ts";

/** IDX files as they are called: train-images-idx3-ubyte.gz. */
const IDX = /(idx\d|ubyte)/i;

/**
 * The data source that files of these names are for: the one at hand where it reads them, else the one that names their
 * ending first. Undefined: none reads them.
 */
export function sourceForFiles(
  names: readonly string[],
  current: string | undefined,
  sources: readonly SourceDescription[],
): SourceDescription | undefined {
  const ranked = sources
    .filter((source) => source.files !== undefined)
    .map((source) => ({ source, rank: Math.max(...names.map((name) => rankOf(name, source))) }))
    .filter(({ rank }) => Number.isFinite(rank));
  const own = ranked.find(({ source }) => source.kind === current);
  return (own ?? ranked.sort((a, b) => a.rank - b.rank)[0])?.source;
}

/** The place of a name's ending among those that a source reads; sources without endings tell files by their names. */
function rankOf(name: string, { files }: SourceDescription): number {
  const endings = endingsOf(files?.accept ?? "");
  if (endings.length === 0) return IDX.test(name) ? 0 : Number.POSITIVE_INFINITY;
  const place = endings.findIndex((ending) => name.toLowerCase().endsWith(ending));
  return place < 0 || IDX.test(name) ? Number.POSITIVE_INFINITY : place;
}

function endingsOf(accept: string): string[] {
  return accept.toLowerCase().split(",").filter(Boolean);
}

/** Every ending that some source reads. */
export function readableEndings(sources: readonly SourceDescription[]): string[] {
  const endings = sources.flatMap(({ files }) => (files === undefined ? [] : endingsOf(files.accept)));
  return [...new Set([...endings, "idx3-ubyte", "idx1-ubyte"])];
}
