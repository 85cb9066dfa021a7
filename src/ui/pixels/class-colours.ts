import { parsedColour } from "./ramp.ts";

/**
 * Colours of classes on pictures, told apart by colour-blind people too: the orange and blue of the classic playground,
 * then others after Okabe and Ito. Strong enough to be seen on both themes; text is never written in them.
 */
const COLOURS = "#ee8a1d #0e7cc4 #12a07a #c65f9e #e3c22f #62b8ea #d1495b #7a6fd0 #8a8d2a #8b8982"
  .split(" ")
  .map((css) => ({ css, rgb: parsedColour(css) }));

/** The colour of a class by its place; with more classes than colours they come again. */
export function classColour(index: number) {
  return COLOURS[index % COLOURS.length] as (typeof COLOURS)[number];
}
