import type { AdapterProfile } from "../../src/gpu/device.ts";

/** A GPU as most have it, with WebGPU's default limits: kernels for it run anywhere, if slowly. */
export const HARDWARE: AdapterProfile = {
  vendor: "",
  architecture: "",
  software: false,
  maxBindings: 8,
  maxBindingBytes: 2 ** 27,
  maxBufferBytes: 2 ** 28,
  maxInvocations: 256,
  maxWorkgroupBytes: 16384,
  maxWorkgroups: 65535,
};

/** The same without hardware behind it, as SwiftShader and lavapipe are. */
export const SOFTWARE: AdapterProfile = { ...HARDWARE, software: true };
