import type { DataDescription, SampleValues } from "../../app/engine-types.ts";

/** What draws samples of some kind. */
export interface SamplesProps {
  readonly data: DataDescription;
  readonly samples: SampleValues;
  /** The place of the first of them. */
  readonly from: number;
  /** The place of the sample that the views look at. */
  readonly subject: number | undefined;
  /** Makes a sample the one that the views look at; undefined where those are no validation samples. */
  readonly onPick: ((place: number) => void) | undefined;
}
