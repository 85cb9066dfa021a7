import type { Dataset } from "../../data/dataset.ts";
import { formatShape, sizeOf, type Tensor } from "../../graph/tensor.ts";
import type { Values } from "../../graph/values.ts";
import type { Model } from "../../nn/model.ts";
import { columnValues } from "../sample-values.ts";
import type { Subject, ViewKind, ViewPayload, ViewRequest } from "../view-protocol.ts";
import { cannotShow, type View, type ViewedRun } from "./view.ts";
import { ViewPlan } from "./view-plan.ts";
import { columnsOf, modelOn } from "./viewed-model.ts";

/** Kinds of views that look at one sample. */
export type KindOfSubject = {
  [K in ViewKind]: ViewRequest<K> extends { readonly subject: Subject } ? K : never;
}[ViewKind];

/** What a view of one sample computes, and what it makes of it. */
export interface SubjectGraph<K extends ViewKind> {
  readonly outputs: readonly Tensor[];
  /** From the outputs' values and the sample's tokens, where its first input is of tokens. */
  readonly payload: (values: readonly Values[], tokens: readonly string[] | undefined) => ViewPayload<K>;
}

/** Opens a view of one sample. Another sample needs no other plan. */
export async function openOnSubject<K extends KindOfSubject>(
  run: ViewedRun,
  request: ViewRequest<K>,
  build: (model: Model) => SubjectGraph<K>,
): Promise<View<K>> {
  const { dataset } = run;
  const columns = columnsOf(dataset, 1);
  const { outputs, payload } = build(modelOn(run, columns));
  let sample = sampleOf(dataset, request.subject);
  const plan = await ViewPlan.create(run, { outputs });
  return {
    async look() {
      const looked = sample;
      plan.write(dataset.inputs.map(({ name }) => [columns.get(name) as Tensor, looked.get(name) as Values]));
      return payload(await plan.look(outputs), tokensOf(dataset, looked));
    },
    change(next) {
      if (nodeIn(next) !== nodeIn(request)) return false;
      sample = sampleOf(dataset, next.subject);
      return true;
    },
    destroy: () => plan.destroy(),
  };
}

function nodeIn(request: object): unknown {
  return "node" in request ? request.node : undefined;
}

/** Values of the input columns for a subject; columns behind the first have those of the first validation sample. */
function sampleOf({ inputs, validation }: Dataset, subject: Subject): ReadonlyMap<string, Values> {
  const place = typeof subject === "number" ? subject : 0;
  if (!Number.isInteger(place) || place < 0 || place >= validation.count) {
    cannotShow({
      en: `there is no validation sample ${place}; choose one of 0 to ${validation.count - 1}`,
      zh: `没有编号为 ${place} 的验证样本；请选择 0 到 ${validation.count - 1}`,
    });
  }
  const sample = new Map<string, Values>(
    inputs.map((column) => [column.name, columnValues(column, validation, [place])]),
  );
  const [first] = inputs;
  if (typeof subject === "number" || first === undefined) return sample;
  if (subject.length !== sizeOf(first.shape)) {
    const shape = formatShape(first.shape);
    cannotShow({
      en: `${subject.length} values are given for "${first.name}", which has ${sizeOf(first.shape)} (${shape}); give as many`,
      zh: `给出了 ${subject.length} 个值，而“${first.name}”有 ${sizeOf(first.shape)} 个（${shape}）；请给出同样多的值`,
    });
  }
  return sample.set(first.name, first.dtype === "i32" ? Int32Array.from(subject) : subject);
}

function tokensOf({ inputs: [first] }: Dataset, sample: ReadonlyMap<string, Values>): readonly string[] | undefined {
  if (first?.dtype !== "i32" || first.categories === undefined) return undefined;
  const { categories } = first;
  return Array.from(sample.get(first.name) as Values, (token) => categories[token] ?? "");
}
