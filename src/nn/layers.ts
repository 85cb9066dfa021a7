import type { Layer } from "./layer.ts";
import { activationLayer } from "./layers/activation.ts";
import { addLayer } from "./layers/add.ts";
import { averageLayer } from "./layers/average.ts";
import { averagePooling1dLayer } from "./layers/average-pooling-1d.ts";
import { averagePooling2dLayer } from "./layers/average-pooling-2d.ts";
import { batchNormLayer } from "./layers/batch-norm.ts";
import { concatenateLayer } from "./layers/concatenate.ts";
import { conv1dLayer } from "./layers/conv-1d.ts";
import { conv2dLayer } from "./layers/conv-2d.ts";
import { conv2dTransposeLayer } from "./layers/conv-2d-transpose.ts";
import { cutoutLayer } from "./layers/cutout.ts";
import { denseLayer } from "./layers/dense.ts";
import { depthwiseConv2dLayer } from "./layers/depthwise-conv-2d.ts";
import { dropoutLayer } from "./layers/dropout.ts";
import { embeddingLayer } from "./layers/embedding.ts";
import { flattenLayer } from "./layers/flatten.ts";
import { gaussianNoiseLayer } from "./layers/gaussian-noise.ts";
import { globalAveragePoolingLayer } from "./layers/global-average-pooling.ts";
import { globalMaxPoolingLayer } from "./layers/global-max-pooling.ts";
import { groupNormLayer } from "./layers/group-norm.ts";
import { gruLayer } from "./layers/gru.ts";
import { inputLayer } from "./layers/input.ts";
import { layerNormLayer } from "./layers/layer-norm.ts";
import { lstmLayer } from "./layers/lstm.ts";
import { maxPooling1dLayer } from "./layers/max-pooling-1d.ts";
import { maxPooling2dLayer } from "./layers/max-pooling-2d.ts";
import { multiHeadAttentionLayer } from "./layers/multi-head-attention.ts";
import { multiplyLayer } from "./layers/multiply.ts";
import { permuteLayer } from "./layers/permute.ts";
import { positionalEmbeddingLayer } from "./layers/positional-embedding.ts";
import { randomFlipLayer } from "./layers/random-flip.ts";
import { randomRotationLayer } from "./layers/random-rotation.ts";
import { randomTranslationLayer } from "./layers/random-translation.ts";
import { randomZoomLayer } from "./layers/random-zoom.ts";
import { reshapeLayer } from "./layers/reshape.ts";
import { residualBlockLayer } from "./layers/residual-block.ts";
import { rmsNormLayer } from "./layers/rms-norm.ts";
import { separableConv2dLayer } from "./layers/separable-conv-2d.ts";
import { simpleRnnLayer } from "./layers/simple-rnn.ts";
import { softmaxLayer } from "./layers/softmax.ts";
import { spatialDropoutLayer } from "./layers/spatial-dropout.ts";
import { transformerBlockLayer } from "./layers/transformer-block.ts";
import { upSampling2dLayer } from "./layers/up-sampling-2d.ts";
import { zeroPadding2dLayer } from "./layers/zero-padding-2d.ts";

/** Every layer, in the order of the palette. A new one is a file in layers/ and its line here. */
export const layers: readonly Layer[] = [
  inputLayer,
  denseLayer,
  activationLayer,
  softmaxLayer,
  conv2dLayer,
  conv1dLayer,
  depthwiseConv2dLayer,
  separableConv2dLayer,
  conv2dTransposeLayer,
  maxPooling2dLayer,
  maxPooling1dLayer,
  averagePooling2dLayer,
  averagePooling1dLayer,
  globalMaxPoolingLayer,
  globalAveragePoolingLayer,
  upSampling2dLayer,
  zeroPadding2dLayer,
  flattenLayer,
  reshapeLayer,
  permuteLayer,
  embeddingLayer,
  positionalEmbeddingLayer,
  simpleRnnLayer,
  gruLayer,
  lstmLayer,
  multiHeadAttentionLayer,
  transformerBlockLayer,
  residualBlockLayer,
  layerNormLayer,
  rmsNormLayer,
  batchNormLayer,
  groupNormLayer,
  dropoutLayer,
  spatialDropoutLayer,
  gaussianNoiseLayer,
  addLayer,
  multiplyLayer,
  averageLayer,
  concatenateLayer,
  randomFlipLayer,
  randomTranslationLayer,
  randomRotationLayer,
  randomZoomLayer,
  cutoutLayer,
];
