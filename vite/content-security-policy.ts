import type { Plugin } from "vite";

/** What the page may load and run: its own files, and nothing that is written into it. */
const POLICY = {
  "default-src": "'self'",
  "script-src": "'self'",
  "worker-src": "'self'",
  "connect-src": "'self'",
  // Files, charts and pictures that the page itself has made.
  "img-src": "'self' data: blob:",
  // React and React Flow set the style of elements.
  "style-src": "'self' 'unsafe-inline'",
  "object-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "require-trusted-types-for": "'script'",
  // src/app/start-worker.ts makes it, for the address of the worker.
  "trusted-types": "default",
} as const;

/** Writes the policy into the built page. The development server's own scripts would not pass it. */
export function contentSecurityPolicy(): Plugin {
  const content = Object.entries(POLICY)
    .map((directive) => directive.join(" "))
    .join("; ");
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      // Before anything that it is to hold for.
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content }, injectTo: "head-prepend" },
    ],
  };
}
