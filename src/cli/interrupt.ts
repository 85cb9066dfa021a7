/** One Ctrl-C arrives twice, from the terminal and from the process that started this one: within this time it counts once. */
const SAME_MS = 1000;

export interface Interrupt {
  readonly signal: AbortSignal;
  /** Ctrl-C ends the process again. */
  release(): void;
}

/** From now on the first Ctrl-C aborts the signal, and one more ends the process. */
export function catchInterrupt(): Interrupt {
  const controller = new AbortController();
  let first: number | undefined;
  const listener = () => {
    const now = performance.now();
    first ??= now;
    controller.abort();
    if (now - first > SAME_MS) process.exit(130);
  };
  process.on("SIGINT", listener);
  return { signal: controller.signal, release: () => process.off("SIGINT", listener) };
}
