import { NdArray } from "../nd-array.ts";
import { type Convolution, inputShape, kernelShape, outputShape } from "./conv2d-shape.ts";

/** y = x ∗ w */
export function referenceForward(convolution: Convolution, x: NdArray, w: NdArray): NdArray {
  const y = NdArray.zeros(outputShape(convolution));
  forEachProduct(convolution, (xAt, wAt, yAt) => {
    y.data[yAt] = y.at(yAt) + x.at(xAt) * w.at(wAt);
  });
  return y;
}

/** dx: every product x·w that went into an output hands dy·w back to its x. */
export function referenceInputGradient(convolution: Convolution, dy: NdArray, w: NdArray): NdArray {
  const dx = NdArray.zeros(inputShape(convolution));
  forEachProduct(convolution, (xAt, wAt, yAt) => {
    dx.data[xAt] = dx.at(xAt) + dy.at(yAt) * w.at(wAt);
  });
  return dx;
}

/** dw: every product x·w that went into an output hands x·dy back to its w. Only the products of some lines of y. */
export function referenceWeightGradient(
  convolution: Convolution,
  x: NdArray,
  dy: NdArray,
  isWanted: (line: number) => boolean = () => true,
): NdArray {
  const dw = NdArray.zeros(kernelShape(convolution));
  const lineSize = convolution.output[1] * convolution.groups * convolution.outputs;
  forEachProduct(convolution, (xAt, wAt, yAt) => {
    if (isWanted(Math.floor(yAt / lineSize))) dw.data[wAt] = dw.at(wAt) + x.at(xAt) * dy.at(yAt);
  });
  return dw;
}

/** Visits every product x·w of a convolution, with the positions of x, of w and of the output it is added to. */
function forEachProduct(convolution: Convolution, visit: (xAt: number, wAt: number, yAt: number) => void): void {
  const { batch, image, output, size, strides, padding, dilation, groups, inputs, outputs } = convolution;
  const channels = groups * inputs;
  const filters = groups * outputs;
  for (let n = 0; n < batch; n++) {
    for (let oh = 0; oh < output[0]; oh++) {
      for (let ow = 0; ow < output[1]; ow++) {
        for (let kh = 0; kh < size[0]; kh++) {
          const h = oh * strides[0] + kh * dilation[0] - padding[0][0];
          if (h < 0 || h >= image[0]) continue;
          for (let kw = 0; kw < size[1]; kw++) {
            const w = ow * strides[1] + kw * dilation[1] - padding[1][0];
            if (w < 0 || w >= image[1]) continue;
            for (let f = 0; f < filters; f++) {
              const group = Math.floor(f / outputs);
              for (let c = 0; c < inputs; c++) {
                visit(
                  ((n * image[0] + h) * image[1] + w) * channels + group * inputs + c,
                  ((kh * size[1] + kw) * inputs + c) * filters + f,
                  ((n * output[0] + oh) * output[1] + ow) * filters + f,
                );
              }
            }
          }
        }
      }
    }
  }
}
