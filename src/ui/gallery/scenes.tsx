import type { ReactNode } from "react";
import { EMPTY } from "../../app/empty-experiment.ts";
import { CorpusLines } from "./scenes/corpus-lines.tsx";
import { DigitImages } from "./scenes/digit-images.tsx";
import {
  ConvolutionSketch,
  DenseSketch,
  HourglassSketch,
  RecurrentSketch,
  ResidualSketch,
  TransformerSketch,
} from "./scenes/networks.tsx";
import { RidgeSurface } from "./scenes/ridge-surface.tsx";
import { ShapeImages } from "./scenes/shape-images.tsx";
import { SpiralPoints } from "./scenes/spiral-points.tsx";
import { SqueezedDigits } from "./scenes/squeezed-digits.tsx";
import { WaveForecast } from "./scenes/wave-forecast.tsx";
import { Waveforms } from "./scenes/waveforms.tsx";
import { WrittenSums } from "./scenes/written-sums.tsx";

export type SceneTask =
  | "classification"
  | "regression"
  | "reconstruction"
  | "forecasting"
  | "text"
  | "sequence"
  | "any";

/** How the gallery shows a preset: what it learns from, and the kind of network. */
export interface Scene {
  readonly task: SceneTask;
  readonly data: ReactNode;
  readonly network: ReactNode;
}

/** By the preset's name. A new preset's picture is made of what is in scenes/, or of a new file there. */
const scenes: Readonly<Record<string, Scene>> = {
  "spiral-mlp": { task: "classification", data: <SpiralPoints />, network: <DenseSketch units={[2, 5, 5, 2]} /> },
  "regression-mlp": { task: "regression", data: <RidgeSurface />, network: <DenseSketch units={[2, 4, 4, 1]} /> },
  "digits-cnn": { task: "classification", data: <DigitImages digits="370294586" />, network: <ConvolutionSketch /> },
  lenet5: {
    task: "classification",
    data: <DigitImages digits="508429" />,
    network: <ConvolutionSketch pooling="convolution" />,
  },
  "shapes-resnet": { task: "classification", data: <ShapeImages />, network: <ResidualSketch /> },
  "digits-autoencoder": { task: "reconstruction", data: <SqueezedDigits />, network: <HourglassSketch /> },
  "sine-lstm": { task: "forecasting", data: <WaveForecast />, network: <RecurrentSketch /> },
  "waveform-gru": { task: "classification", data: <Waveforms />, network: <RecurrentSketch /> },
  "text-lstm": {
    task: "text",
    data: (
      <CorpusLines
        next={[
          ["o", 0.7],
          ["a", 0.4],
          ["e", 0.2],
        ]}
      />
    ),
    network: <RecurrentSketch layers={2} />,
  },
  "text-gpt": {
    task: "text",
    data: (
      <CorpusLines
        next={[
          ["o", 0.95],
          ["i", 0.25],
          ["r", 0.1],
        ]}
      />
    ),
    network: <TransformerSketch isCausal />,
  },
  "addition-seq": { task: "sequence", data: <WrittenSums />, network: <TransformerSketch isCausal={false} /> },
};

const empty: Scene = {
  task: "any",
  data: <rect x={20} y={26} width={60} height={36} rx={6} fill="none" stroke="var(--family-data)" strokeWidth={1.6} />,
  network: (
    <g fill="none" stroke="var(--line-strong)" strokeWidth={1.6}>
      <path d="M-32 44H14" strokeDasharray="3 4" />
      <rect x={16} y={26} width={60} height={36} rx={6} strokeDasharray="4 4" />
      <path d="M46 36v16m-8-8h16" stroke="var(--accent)" strokeLinecap="round" strokeWidth={2} />
    </g>
  ),
};

/** A preset without a scene looks like a network that is still to be built. */
export function sceneOf(name: string): Scene {
  return name === EMPTY ? empty : (scenes[name] ?? empty);
}
