import type { Surroundings } from "./run.ts";

/** The browser this page is in. */
export function thisBrowser(): Surroundings {
  return {
    hasWebGpu: "gpu" in navigator && navigator.gpu !== undefined,
    isSecure: isSecureContext,
    startWorker: () => new Worker(new URL("../train/worker.ts", import.meta.url), { type: "module" }),
  };
}
