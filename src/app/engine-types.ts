// The engine's plain data, as the screen may know it: `ui` never reaches past `app`.
export type * from "../train/protocol.ts";
