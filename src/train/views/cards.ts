import type { Column } from "../../data/dataset.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { sliceAxis } from "../../graph/ops/slice.ts";
import { transpose } from "../../graph/ops/transpose.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Values } from "../../graph/values.ts";
import type { Model } from "../../nn/model.ts";
import type { CardPicture } from "../view-protocol.ts";
import { MAX_MAPS, type Pictured, pictureOf } from "./card-picture.ts";
import { gridOver, planeColumn, pointsOf } from "./plane-grid.ts";
import { openOnSubject } from "./subject.ts";
import type { View, ViewedRun, ViewOpener } from "./view.ts";
import { floats, ViewPlan } from "./view-plan.ts";
import { answerOf, classesOf, columnsOf, modelOn } from "./viewed-model.ts";

/** Cells of a card's map of the plane, in each direction. */
const CELLS = 24;

/** Small pictures for the layers' cards, all from one plan. */
export const openCards: ViewOpener<"cards"> = (run, request) => {
  const points = planeColumn(run.dataset);
  if (points !== undefined) return openMaps(run, points);
  return openOnSubject(run, request, (model) => {
    const pictured = picturesOf(run, model);
    return {
      outputs: [...pictured.values()].map(({ shown }) => shown),
      payload: (values, tokens) => ({ kind: "cards", pictures: developed(pictured, values, tokens) }),
    };
  });
};

/** Of models that read points: some units of every layer, each over the whole plane. */
async function openMaps(run: ViewedRun, points: Column): Promise<View<"cards">> {
  const { dataset } = run;
  const grid = gridOver(dataset, points, CELLS, CELLS);
  const columns = columnsOf(dataset, CELLS * CELLS);
  const model = modelOn(run, columns);
  const pictured = new Map<string, Pictured>();
  for (const [node, tensor] of model.nodes) {
    const units = node === model.outputNode ? reshape(answerOf(run, tensor), [CELLS * CELLS, -1]) : tensor;
    if (units.dtype === "f32" && units.shape.length === 2) pictured.set(node, mapsOf(units));
  }
  const outputs = [...pictured.values()].map(({ shown }) => shown);
  const plan = await ViewPlan.create(run, { outputs });
  plan.write([[columns.get(points.name) as Tensor, pointsOf(grid)]]);
  return {
    look: async () => ({ kind: "cards", pictures: developed(pictured, await plan.look(outputs), undefined) }),
    // The plane is the same for every subject.
    change: () => true,
    destroy: () => plan.destroy(),
  };
}

/** units: (points, C) */
function mapsOf(units: Tensor): Pictured {
  const of = units.shape[1] as number;
  const count = Math.min(MAX_MAPS, of);
  return {
    shown: transpose(sliceAxis(units, 1, 0, count)),
    picture: (values) => ({ kind: "maps", count, of, rows: CELLS, columns: CELLS, values: floats(values) }),
  };
}

/** What every layer makes of one sample. */
function picturesOf(run: ViewedRun, { nodes, outputNode }: Model): Map<string, Pictured> {
  const { experiment, dataset } = run;
  const pictured = new Map<string, Pictured>();
  for (const [node, tensor] of nodes) {
    const isOutput = node === outputNode;
    const isInput = experiment.model.nodes.some(({ id, layer }) => id === node && layer === "Input");
    const picture = pictureOf(isOutput ? answerOf(run, tensor) : tensor, {
      // What an autoencoder gives is an image as its input was.
      isImage: isInput || (isOutput && dataset.target.dtype === "f32"),
      labels: isOutput && dataset.target.dtype === "i32" ? classesOf(dataset) : undefined,
    });
    if (picture !== undefined) pictured.set(node, picture);
  }
  return pictured;
}

function developed(
  pictured: ReadonlyMap<string, Pictured>,
  values: readonly Values[],
  tokens: readonly string[] | undefined,
): ReadonlyMap<string, CardPicture> {
  return new Map([...pictured].map(([node, { picture }], k) => [node, picture(values[k] as Values, tokens)]));
}
