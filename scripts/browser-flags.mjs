// How Chromium is started for tests and measurements.

const common = [
  "--headless=new",
  "--no-sandbox", // containers run as root, without user namespaces
  "--enable-unsafe-webgpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** WebGPU on the processor: the same on every machine. */
export const softwareFlags = [...common, "--use-webgpu-adapter=swiftshader"];

/** WebGPU on the machine's GPU; on Linux Chromium asks for Vulkan to be switched on. */
export const hardwareFlags = process.platform === "linux" ? [...common, "--enable-features=Vulkan"] : common;
