// The presets, as the screen may know them: `ui` never reaches past `app`.
export { type Preset, presets } from "../nn/presets.ts";
