/** The part of trusted types that is needed; not every browser has them. */
interface TrustedTypes {
  createPolicy(name: string, rules: { readonly createScriptURL: (url: string) => string }): unknown;
}

/** Starts the worker that owns the device and trains. */
export function startWorker(): Worker {
  allowOwnScripts();
  return new Worker(new URL("../train/worker.ts", import.meta.url), { type: "module" });
}

/**
 * The page's policy takes no text for a script's address or for HTML. The worker's address is the one exception: it has to
 * be of the page's own origin. (Vite finds the worker by the expression above, which leaves no room for a policy's call.)
 */
function allowOwnScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy("default", {
    createScriptURL(url) {
      if (new URL(url, location.href).origin === location.origin) return url;
      throw new TypeError(`A script of another origin is not run: ${url}`);
    },
  });
}
