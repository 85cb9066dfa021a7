// What the screen may know of views and of the engine's plain data: `ui` never reaches past `app`.
export type * from "../train/view-protocol.ts";
export { VIEWED_LAYERS } from "../train/view-protocol.ts";
