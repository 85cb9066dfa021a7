/**
 * Every op that the engine promises, by the name under which the table must have it: an op's name, or the beginning of
 * a row's. The whole promise in one place, so that none of it is forgotten when files move.
 */
export const PROMISED_OPS: readonly string[] = [
  // elementwise, with broadcasting
  ...words("neg abs sign exp log log1p sqrt rsqrt square reciprocal sin cos tanh sigmoid relu leakyRelu elu selu"),
  ...words("gelu geluTanh silu softplus softsign hardSigmoid mish erf floor round"),
  ...words("add sub mul div pow minimum maximum"),
  ...words("equal notEqual greater greaterEqual less lessEqual where clamp"),
  // reductions over any axes
  ...words("sum mean max min prod argmax argmin logSumExp variance cumSum"),
  // shape
  ...words("reshape transpose slice concat pad broadcast flip gather scatterAdd oneHot tile stack split"),
  // matmul, convolution, pooling, resizing
  ...words("matmul conv1d conv2d convTranspose2d maxPool1d maxPool2d averagePool1d averagePool2d"),
  ...words("globalMaxPool globalAveragePool resizeNearest resizeBilinear"),
  // softmax, losses, norms
  ...words("softmax logSoftmax softmaxCrossEntropy binaryCrossEntropy"),
  ...words("layerNorm rmsNorm batchNorm groupNorm instanceNorm"),
  // recurrent
  ...words("simpleRnn gru lstm bidirectional"),
  // embedding, attention, random
  ...words("embedding attention dropout randomUniform randomNormal permutation"),
];

function words(list: string): string[] {
  return list.split(" ");
}
