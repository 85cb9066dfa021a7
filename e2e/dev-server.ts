import { createServer, type ViteDevServer } from "vite";
import { test } from "./page.ts";

/**
 * Serves the repository's files as they are, not the built site, while the tests of a file run. Gives the address of
 * the page in `folder`, which is known once they run.
 */
export function serve(folder: string): () => string {
  let server: ViteDevServer;
  test.beforeAll(async () => {
    server = await createServer({
      configFile: false,
      logLevel: "error",
      server: { port: 0, hmr: false, watch: null },
      // These pages need no package; those of bench/ need some that only `npm run bench` installs.
      optimizeDeps: { noDiscovery: true },
    });
    await server.listen();
  });
  test.afterAll(() => server.close());
  return () => `${server.resolvedUrls?.local[0]}${folder}`;
}
