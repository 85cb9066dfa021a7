import { reshape } from "../../graph/ops/reshape.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { gridOver, planeColumn, pointsOf } from "./plane-grid.ts";
import { cannotShow, type ViewOpener } from "./view.ts";
import { floats, ViewPlan } from "./view-plan.ts";
import { answerOf, columnsOf, modelOn } from "./viewed-model.ts";

/** What the page draws has no more points: they go through the model in one batch. */
const MAX_POINTS = 2 ** 14;

/** What the model says at the centre of each cell of a grid over the plane. */
export const openPlane: ViewOpener<"plane"> = async (run, { columns, rows }) => {
  const { dataset } = run;
  const points = planeColumn(dataset);
  if (points === undefined) {
    return cannotShow({
      en: "the plane is of models that read points (x, y), and this data has other inputs; choose a data set of points",
      zh: "平面视图用于输入为平面点 (x, y) 的模型，而当前数据的输入不是；请选择平面点数据集",
    });
  }
  const count = columns * rows;
  if (!(Number.isInteger(columns) && Number.isInteger(rows) && count >= 1 && count <= MAX_POINTS)) {
    return cannotShow({
      en: `a grid of ${columns}×${rows} cells is wanted; give whole numbers, at most ${MAX_POINTS} cells in all`,
      zh: `请求的网格为 ${columns}×${rows}；请给出整数，总格数不超过 ${MAX_POINTS}`,
    });
  }
  const grid = gridOver(dataset, points, columns, rows);
  const inputs = columnsOf(dataset, count);
  const answers = reshape(answerOf(run, modelOn(run, inputs).output), [count, -1]);
  const plan = await ViewPlan.create(run, { outputs: [answers] });
  plan.write([[inputs.get(points.name) as Tensor, pointsOf(grid)]]);
  return {
    async look() {
      const [values] = await plan.look([answers]);
      return {
        kind: "plane",
        grid,
        outputs: answers.shape[1] as number,
        values: floats(values as Float32Array<ArrayBuffer>),
      };
    },
    destroy: () => plan.destroy(),
  };
};
