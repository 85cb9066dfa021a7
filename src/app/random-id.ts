/** An id that nothing else has. (crypto.randomUUID is there on secure pages only, and a classroom may have none.) */
export function randomId(): string {
  return crypto.getRandomValues(new Uint32Array(3)).join("-");
}
