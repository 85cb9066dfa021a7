/** Between pictures, in pixels of the page. */
export const GAP = 4;

/** Wider than this a picture is blurry rather than large. */
const MOST = 132;

/** The largest tiles with which all fit into a box, or the least ones, and then more height, where not even those do. */
export function gridLayout(count: number, aspect: number, width: number, height: number, least: number) {
  const size = (across: number) => {
    const tileWidth = Math.floor(Math.min((width - (across - 1) * GAP) / across, MOST * Math.max(1, aspect)));
    return { tileWidth, tileHeight: Math.max(1, Math.round(tileWidth / aspect)) };
  };
  const heightOf = (across: number, tileHeight: number) => Math.ceil(count / across) * (tileHeight + GAP) - GAP;
  let across = 1;
  for (; across < count; across++) {
    const { tileHeight } = size(across);
    if (heightOf(across, tileHeight) <= height) break;
    const next = size(across + 1);
    if (Math.min(next.tileWidth, next.tileHeight) < least) break;
  }
  const { tileWidth, tileHeight } = size(across);
  return {
    across,
    tileWidth: Math.max(1, tileWidth),
    tileHeight,
    width: Math.max(1, across * (tileWidth + GAP) - GAP),
    height: Math.max(1, heightOf(across, tileHeight)),
  };
}
