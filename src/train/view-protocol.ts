// Views look into a model while it trains: what the page asks to see, and what it gets for it. Every view is computed
// from a plan of its own on weights that are lent on the GPU, so that one that is closed costs the training nothing.

/** A picture grid over the plane of a two-dimensional input; rows from the top (largest y), each from left to right. */
export interface PlaneGrid {
  readonly columns: number;
  readonly rows: number;
  readonly x: readonly [least: number, largest: number];
  readonly y: readonly [least: number, largest: number];
}

/** A sample to look at: its place among the validation samples, or values of the first input column. */
export type Subject = number | Float32Array<ArrayBuffer>;

/** Counts of values in bins of equal width from `least` to `largest`. */
export interface Histogram {
  readonly least: number;
  readonly largest: number;
  readonly counts: Uint32Array<ArrayBuffer>;
  readonly mean: number;
  readonly deviation: number;
}

/** What a layer's card on the canvas shows. */
export type CardPicture =
  /** Some of the units or channels, each a map of rows × columns, one behind the other. */
  | {
      readonly kind: "maps";
      readonly count: number;
      /** How many there are in all. */
      readonly of: number;
      readonly rows: number;
      readonly columns: number;
      readonly values: Float32Array<ArrayBuffer>;
    }
  /** An image of 1 or 3 channels, 0…1: (rows, columns, channels). */
  | {
      readonly kind: "image";
      readonly rows: number;
      readonly columns: number;
      readonly channels: number;
      readonly values: Float32Array<ArrayBuffer>;
    }
  /** Units over time: (steps, units). */
  | {
      readonly kind: "heat";
      readonly steps: number;
      readonly units: number;
      readonly values: Float32Array<ArrayBuffer>;
    }
  /** Numbers side by side, such as the probabilities of classes. */
  | { readonly kind: "bars"; readonly values: Float32Array<ArrayBuffer>; readonly labels?: readonly string[] };

/** Every view: what is asked, and what comes. */
export interface Views {
  /** Small pictures for the layers' cards: maps over the plane for 2-D inputs, else what each layer makes of the subject. */
  cards: {
    request: { readonly subject: Subject };
    payload: { readonly pictures: ReadonlyMap<string, CardPicture> };
  };
  /** What the model says all over the plane: probabilities of the classes, or the number(s) it predicts. */
  plane: {
    request: { readonly columns: number; readonly rows: number };
    /** values (rows, columns, outputs) */
    payload: { readonly grid: PlaneGrid; readonly outputs: number; readonly values: Float32Array<ArrayBuffer> };
  };
  /** How validation samples are classified: the gallery, worst mistakes first, and the confusion matrix. */
  predictions: {
    request: { readonly limit: number };
    payload: {
      readonly evaluated: number;
      /** confusion[truth · classes + predicted] */
      readonly confusion: Uint32Array<ArrayBuffer>;
      readonly classes: readonly string[];
      /** The first `limit`, those with the largest loss first. */
      readonly samples: readonly Prediction[];
      /** Of the first input column, those of `samples` one behind the other. */
      readonly inputs: Float32Array<ArrayBuffer>;
      readonly inputShape: readonly number[];
    };
  };
  /** Probabilities of the classes for one input. */
  classify: {
    request: { readonly subject: Subject };
    payload: { readonly probabilities: Float32Array<ArrayBuffer>; readonly classes: readonly string[] };
  };
  /** Kernels of the first convolution. */
  filters: {
    request: Record<never, never>;
    /** values (count, rows, columns, channels); channels is 1 or 3, or the mean over more. */
    payload: {
      readonly node: string;
      readonly count: number;
      readonly rows: number;
      readonly columns: number;
      readonly channels: number;
      readonly values: Float32Array<ArrayBuffer>;
    };
  };
  /** What a layer gives for a sample: (H, W, C), (T, F) or (F). */
  features: {
    request: { readonly node: string; readonly subject: Subject };
    payload: { readonly shape: readonly number[]; readonly values: Float32Array<ArrayBuffer> };
  };
  /** Images beside what an autoencoder makes of them: both (count, …shape). */
  reconstructions: {
    request: { readonly count: number };
    payload: {
      readonly count: number;
      readonly shape: readonly number[];
      readonly inputs: Float32Array<ArrayBuffer>;
      readonly outputs: Float32Array<ArrayBuffer>;
    };
  };
  /** Windows of series, how they go on, and how the model says they do. */
  forecasts: {
    request: { readonly count: number };
    payload: {
      readonly count: number;
      readonly length: number;
      readonly horizon: number;
      readonly windows: Float32Array<ArrayBuffer>;
      readonly truths: Float32Array<ArrayBuffer>;
      readonly predictions: Float32Array<ArrayBuffer>;
    };
  };
  /** Predicted against true numbers, for regression: (count) each. */
  regression: {
    request: { readonly limit: number };
    payload: { readonly truths: Float32Array<ArrayBuffer>; readonly predictions: Float32Array<ArrayBuffer> };
  };
  /** Answers of a model that writes a sequence at once, such as sums. */
  answers: {
    request: { readonly count: number };
    payload: {
      readonly answers: readonly { readonly question: string; readonly truth: string; readonly answer: string }[];
    };
  };
  /** The states of a recurrent layer over time: (steps, units). */
  states: {
    request: { readonly node: string; readonly subject: Subject };
    payload: {
      readonly steps: number;
      readonly units: number;
      readonly values: Float32Array<ArrayBuffer>;
      /** The tokens read, where the input is of tokens. */
      readonly tokens?: readonly string[];
    };
  };
  /** How an attention layer shares its attention: (heads, queries, keys), each row adds up to 1. */
  attention: {
    request: { readonly node: string; readonly subject: Subject };
    payload: {
      readonly heads: number;
      readonly queries: number;
      readonly keys: number;
      readonly values: Float32Array<ArrayBuffer>;
      readonly tokens?: readonly string[];
    };
  };
  /** A prompt, and how the model goes on; written anew as it learns. Temperature 0: always the likeliest. */
  text: {
    request: {
      readonly prompt: string;
      readonly temperature: number;
      readonly length: number;
      readonly seed: number;
    };
    /** Comes again and again while it is written. */
    payload: { readonly prompt: string; readonly written: string; readonly isDone: boolean };
  };
  /** Of every layer: how its weights, activations and gradients are spread, and how many units are dead. */
  histograms: {
    request: Record<never, never>;
    payload: { readonly layers: readonly LayerHistograms[] };
  };
}

export interface Prediction {
  /** Among the validation samples. */
  readonly sample: number;
  readonly truth: number;
  readonly predicted: number;
  /** The probability of what was predicted. */
  readonly confidence: number;
}

export interface LayerHistograms {
  readonly node: string;
  readonly weights?: Histogram;
  readonly activations?: Histogram;
  readonly gradients?: Histogram;
  /** The share of units that gave 0 for every sample looked at; for layers whose activation can be 0. */
  readonly dead?: number;
}

export type ViewKind = keyof Views;

export type ViewRequest<K extends ViewKind = ViewKind> = {
  [T in K]: { readonly kind: T } & Views[T]["request"];
}[K];

export type ViewPayload<K extends ViewKind = ViewKind> = {
  [T in K]: { readonly kind: T } & Views[T]["payload"];
}[K];

/** Places of recurrent and attention layers, which some views are of. */
export const VIEWED_LAYERS = {
  recurrent: ["SimpleRNN", "GRU", "LSTM"],
  attention: ["MultiHeadAttention", "TransformerBlock"],
} as const;
