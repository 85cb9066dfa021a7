// Asks Dawn in Node for an adapter and prints what it is as JSON, or null. A process of its own, because the driver is
// chosen by the environment that the process starts with, and because a bad driver can take the process with it.
import { create, globals } from "webgpu";

Object.assign(globalThis, globals);
const adapter = await create([]).requestAdapter({ powerPreference: "high-performance" });
if (adapter === null) {
  console.log("null");
} else {
  const { vendor, architecture, device, description } = adapter.info;
  const software =
    adapter.info.isFallbackAdapter ||
    /swiftshader|llvmpipe|lavapipe|basic render/i.test(description + device + architecture);
  console.log(JSON.stringify({ name: description || device || `${vendor} ${architecture}`, software }));
}
// Dawn's threads keep the process alive otherwise.
process.exit();
