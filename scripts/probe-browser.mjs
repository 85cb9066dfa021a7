import { chromium } from "@playwright/test";

/**
 * True where Chromium started with these flags has a WebGPU adapter that is not software.
 * @param {string} path
 * @param {readonly string[]} flags
 */
export async function browserHasGpu(path, flags) {
  const browser = await chromium.launch({ executablePath: path, args: [...flags] }).catch(() => undefined);
  if (browser === undefined) return false;
  try {
    const page = await browser.newPage();
    // navigator.gpu is there on secure origins only, and localhost is one.
    await page.route("http://localhost/", (route) => route.fulfill({ contentType: "text/html", body: "" }));
    await page.goto("http://localhost/");
    return await page.evaluate(async () => {
      const adapter = await navigator.gpu?.requestAdapter();
      return adapter != null && !adapter.info.isFallbackAdapter;
    });
  } finally {
    await browser.close();
  }
}
