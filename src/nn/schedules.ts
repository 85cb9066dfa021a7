import type { Schedule } from "./schedule.ts";
import { constant } from "./schedules/constant.ts";
import { cosine } from "./schedules/cosine.ts";
import { exponential } from "./schedules/exponential.ts";
import { linear } from "./schedules/linear.ts";
import { oneCycle } from "./schedules/one-cycle.ts";
import { step } from "./schedules/step.ts";

/** Every schedule. A new one is a file in schedules/ and its line here. */
export const schedules: readonly Schedule[] = [constant, step, exponential, linear, cosine, oneCycle];
