import { DescentError } from "../errors.ts";

/**
 * The loss, in nats a token, of the simplest model of a text: it counts which token follows which in the training
 * text and adds one to each count (Laplace), so P(b | a) = (count(a, b) + 1) / (count(a) + V). A model that does not
 * do better has learned nothing from what comes before the last token.
 *
 * The loss is the mean of −ln P over the pairs of neighbours within `validationIds`; ids are whole numbers from 0 to
 * `vocabulary` − 1. Throws "data" at fewer than two of them for validation, for then there is no pair.
 */
export function bigramLoss(trainingIds: Int32Array, validationIds: Int32Array, vocabulary: number): number {
  const pairs = validationIds.length - 1;
  if (pairs < 1) {
    const problem = `bigram loss: ${validationIds.length} tokens for validation make no pair of neighbours`;
    throw new DescentError("data", `${problem}; keep at least 2 for it`);
  }
  const followers = new Float64Array(vocabulary * vocabulary); // (V, V): row a counts what follows a
  const counts = new Float64Array(vocabulary);
  for (let i = 1; i < trainingIds.length; i++) {
    const before = trainingIds[i - 1] as number;
    const pair = before * vocabulary + (trainingIds[i] as number);
    followers[pair] = (followers[pair] as number) + 1;
    counts[before] = (counts[before] as number) + 1;
  }
  let nats = 0;
  for (let i = 1; i < validationIds.length; i++) {
    const before = validationIds[i - 1] as number;
    const seen = followers[before * vocabulary + (validationIds[i] as number)] as number;
    nats -= Math.log((seen + 1) / ((counts[before] as number) + vocabulary));
  }
  return nats / pairs;
}
