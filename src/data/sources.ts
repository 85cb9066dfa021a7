import type { DataSource } from "./dataset.ts";
import { additionSource } from "./sources/addition.ts";
import { circleSource } from "./sources/circle.ts";
import { corpusSource } from "./sources/corpus.ts";
import { csvTableSource } from "./sources/csv-table.ts";
import { dampedOscillatorSource } from "./sources/damped-oscillator.ts";
import { gaussiansSource } from "./sources/gaussians.ts";
import { glyphDigitsSource } from "./sources/glyph-digits.ts";
import { idxImagesSource } from "./sources/idx-images.ts";
import { moonsSource } from "./sources/moons.ts";
import { planeSource } from "./sources/plane.ts";
import { reversalSource } from "./sources/reversal.ts";
import { ridgeSource } from "./sources/ridge.ts";
import { shapesSource } from "./sources/shapes.ts";
import { sineMixtureSource } from "./sources/sine-mixture.ts";
import { spiralSource } from "./sources/spiral.ts";
import { textFileSource } from "./sources/text-file.ts";
import { waveformsSource } from "./sources/waveforms.ts";
import { xorSource } from "./sources/xor.ts";

/** All data sources, those of a task together. */
export const dataSources: readonly DataSource[] = [
  // classification
  circleSource,
  xorSource,
  gaussiansSource,
  spiralSource,
  moonsSource,
  glyphDigitsSource,
  shapesSource,
  waveformsSource,
  idxImagesSource,
  csvTableSource,
  // regression
  planeSource,
  ridgeSource,
  // forecasting
  sineMixtureSource,
  dampedOscillatorSource,
  // text
  corpusSource,
  textFileSource,
  // sequence
  additionSource,
  reversalSource,
];
