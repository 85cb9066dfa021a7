import { sameShape, type TensorType } from "../graph/tensor.ts";
import type { Model } from "../nn/model.ts";

type Variables = ReadonlyMap<string, TensorType>;

/**
 * Which variables may take over the values of their namesakes in another run: those of the same type there, but for
 * layers of which some weight does not fit. These begin anew as a whole, with what was learned about them.
 */
export function heritageOf(model: Model, own: Variables, theirs: Variables): (name: string) => boolean {
  const fits = (name: string) => {
    const [mine, other] = [own.get(name), theirs.get(name)];
    if (mine === undefined || other === undefined) return false;
    return mine.dtype === other.dtype && sameShape(mine.shape, other.shape);
  };
  const weights = [...model.parameters, ...model.statistics];
  const changedNodes = new Set(weights.flatMap(({ name, node }) => (own.has(name) && !fits(name) ? [node] : [])));
  const begun = new Set(weights.flatMap(({ name, node }) => (changedNodes.has(node) ? [name] : [])));
  // What is learned about a parameter is a variable "<parameter> mean".
  return (name) => fits(name) && !begun.has(name.split(" ", 1)[0] as string);
}

/** The name of a variable whose node has another id now; what belongs to a node is named "<id>.…". */
export function renamedVariable(name: string, renamed: ReadonlyMap<string, string>): string {
  const end = name.indexOf(".");
  const id = renamed.get(name.slice(0, Math.max(end, 0)));
  return id === undefined ? name : id + name.slice(end);
}
