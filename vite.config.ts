import { defineConfig } from "vite";

export default defineConfig({
  // Relative addresses, so that the built site works from any folder of any host.
  base: "./",
  // The page alone: bench/index.html needs packages that only `npm run bench` installs.
  optimizeDeps: { entries: ["index.html"] },
  // The browsers that have WebGPU understand all of ES2023.
  build: { target: "es2023" },
  worker: { format: "es" },
});
