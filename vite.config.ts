import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { contentSecurityPolicy } from "./vite/content-security-policy.ts";
import { minifyWgsl } from "./vite/minify-wgsl.ts";

export default defineConfig({
  plugins: [react(), tailwindcss(), contentSecurityPolicy()],
  // Relative addresses, so that the built site works from any folder of any host.
  base: "./",
  // The page alone: bench/index.html needs packages that only `npm run bench` installs.
  optimizeDeps: { entries: ["index.html"] },
  // The browsers that have WebGPU understand all of ES2023.
  build: { target: "es2023" },
  worker: { format: "es", plugins: () => [minifyWgsl()] },
});
