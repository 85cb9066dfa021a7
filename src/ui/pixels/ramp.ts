/**
 * A colour scale for numbers: 256 colours from the least value to the largest, each packed as a pixel of ImageData lies in
 * memory (0xAABBGGRR). Colours of pictures mean numbers, so that they are the same in both themes but for the middle of
 * `divergingDark`, and stand here rather than in the theme.
 */
export type Ramp = Uint32Array<ArrayBuffer>;

const SIZE = 256;

type Colour = readonly [red: number, green: number, blue: number];

/** Dark violet to yellow: for what has no middle, such as activations. Even to the eye, also to a colour-blind one. */
export const viridis = ramp("440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725");

/** Black to white: for images. */
export const grey = ramp("000000 ffffff");

/** Orange below, white at the middle, blue above, as in the classic playground: for numbers around 0. */
export const diverging = ramp("c4630a f59322 f9c487 f3f3f1 7fbbe2 0877bd 04507f");

/** The same for a dark page: its middle does not glare. */
export const divergingDark = ramp("ffb35c f59322 8f5e2a 262624 255d82 2a93d5 7cc4f2");

/** The packed colour of a value that lies at `t` of the way from the least to the largest; what is not a number is clear. */
export function colourAt(colours: Ramp, t: number): number {
  if (Number.isNaN(t)) return 0;
  return colours[Math.min(Math.max(Math.floor(t * SIZE), 0), SIZE - 1)] as number;
}

/** A packed colour as CSS writes it. */
export function cssColour(packed: number): string {
  return `rgb(${packed & 255} ${(packed >> 8) & 255} ${(packed >> 16) & 255})`;
}

/** A colour of three parts from 0 to 255, packed. */
export function packed([red, green, blue]: Colour): number {
  return (0xff000000 | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
}

/** Part of the way, `t` from 0 to 1, from one colour to another. */
export function mixed(from: Colour, to: Colour, t: number): Colour {
  return [0, 1, 2].map((part) => from[part as 0] + t * (to[part as 0] - from[part as 0])) as unknown as Colour;
}

/** A colour as theme.css writes it: #1a2b3c. */
export function parsedColour(hex: string): Colour {
  const number = Number.parseInt(hex.replace("#", ""), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

/** Even steps through colours in hexadecimal. */
function ramp(colours: string): Ramp {
  const stops = colours.split(" ").map(parsedColour);
  return Uint32Array.from({ length: SIZE }, (_, k) => {
    const place = (k / (SIZE - 1)) * (stops.length - 1);
    const before = Math.min(Math.floor(place), stops.length - 2);
    return packed(mixed(stops[before] as Colour, stops[before + 1] as Colour, place - before));
  });
}
