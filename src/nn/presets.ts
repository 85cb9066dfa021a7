import type { Text } from "../schema/text.ts";

/** An experiment to start from. */
export interface Preset {
  readonly name: string;
  readonly title: Text;
  /** One sentence: what it shows. */
  readonly sentence: Text;
  /** The experiment's JSON, fetched when it is asked for. */
  readonly load: () => Promise<unknown>;
}

const preset = (name: string, load: () => Promise<{ default: unknown }>, title: Text, sentence: Text): Preset => ({
  name,
  title,
  sentence,
  load: async () => (await load()).default,
});

/** Every preset, from the plainest to the richest. A new one is a file in presets/ and its entry here. */
export const presets: readonly Preset[] = [
  preset(
    "spiral-mlp",
    () => import("./presets/spiral-mlp.json"),
    { en: "Spiral", zh: "螺旋" },
    { en: "A small MLP tells the arms of a spiral apart.", zh: "用小型多层感知机区分螺旋的两条臂。" },
  ),
  preset(
    "regression-mlp",
    () => import("./presets/regression-mlp.json"),
    { en: "Surface", zh: "曲面回归" },
    {
      en: "A small MLP fits a surface by half the mean squared error and gradient descent.",
      zh: "用小型多层感知机、二分之一均方误差和梯度下降拟合曲面。",
    },
  ),
  preset(
    "digits-cnn",
    () => import("./presets/digits-cnn.json"),
    { en: "Digits: CNN", zh: "数字识别：卷积网络" },
    { en: "Keras's simple convnet reads handwriting-like digits.", zh: "用 Keras 的简单卷积网络识别手写风格的数字。" },
  ),
  preset(
    "lenet5",
    () => import("./presets/lenet5.json"),
    { en: "LeNet-5", zh: "LeNet-5" },
    {
      en: "The network of 1998 that read cheques, on handwriting-like digits.",
      zh: "1998 年用于识别支票的网络，识别手写风格的数字。",
    },
  ),
  preset(
    "shapes-resnet",
    () => import("./presets/shapes-resnet.json"),
    { en: "Shapes: ResNet", zh: "形状识别：残差网络" },
    { en: "Residual blocks name coloured shapes on busy backgrounds.", zh: "用残差块识别杂乱背景上的彩色形状。" },
  ),
  preset(
    "digits-autoencoder",
    () => import("./presets/digits-autoencoder.json"),
    { en: "Autoencoder", zh: "自编码器" },
    {
      en: "Squeezes a digit into 32 numbers and draws it again from them.",
      zh: "把数字图像压缩成 32 个数，再由它们重新画出。",
    },
  ),
  preset(
    "sine-lstm",
    () => import("./presets/sine-lstm.json"),
    { en: "Forecast: LSTM", zh: "序列预测：LSTM" },
    { en: "An LSTM says how a mixture of waves goes on.", zh: "用 LSTM 预测正弦混合波的后续走势。" },
  ),
  preset(
    "waveform-gru",
    () => import("./presets/waveform-gru.json"),
    { en: "Waveforms: GRU", zh: "波形分类：GRU" },
    {
      en: "A GRU tells sines, squares, triangles and sawtooths apart.",
      zh: "用 GRU 区分正弦波、方波、三角波和锯齿波。",
    },
  ),
  preset(
    "text-lstm",
    () => import("./presets/text-lstm.json"),
    { en: "Text: LSTM", zh: "文本：LSTM" },
    { en: "An LSTM learns to write, one character after the other.", zh: "LSTM 逐个字符地学习写作。" },
  ),
  preset(
    "text-gpt",
    () => import("./presets/text-gpt.json"),
    { en: "Text: transformer", zh: "文本：Transformer" },
    { en: "A small GPT learns to write, one character after the other.", zh: "小型 GPT 逐个字符地学习写作。" },
  ),
  preset(
    "addition-seq",
    () => import("./presets/addition-seq.json"),
    { en: "Addition", zh: "加法" },
    {
      en: "A network reads sums as text and learns to write the answers.",
      zh: "网络把加法题当作文本阅读，学会写出答案。",
    },
  ),
];
