import type { Problem } from "../train/protocol.ts";
import type { LinkFault } from "./link/link-error.ts";

/** Why something was not opened, or not kept; what was open before is still there. */
export type Refusal =
  | { readonly of: "link"; readonly reason: Reason }
  | { readonly of: "file"; readonly file: string; readonly reason: Reason }
  /** What the browser had kept. */
  | { readonly of: "saved" }
  | { readonly of: "preset"; readonly name: string }
  /** The browser has no room for what is open: it would not survive a reload. */
  | { readonly of: "saving" };

/** A fault that the screen has a sentence for, or what the engine says. */
export type Reason = FileFault | LinkFault | PageFault | Problem;

/** What is opened takes a part of the page that could not be loaded. */
export interface PageFault {
  readonly kind: "notLoaded";
}

/** What is wrong with a file before anything in it is looked at. */
export type FileFault =
  | { readonly kind: "fileTooLarge"; readonly size: number; readonly limit: number }
  | { readonly kind: "fileUnreadable" }
  | { readonly kind: "noJsonAt"; readonly line: number; readonly column: number }
  | { readonly kind: "unknownFile"; readonly accepted: string };
