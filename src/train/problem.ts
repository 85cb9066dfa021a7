import { DescentError, type ErrorKind } from "../errors.ts";
import { ModelError } from "../nn/model-error.ts";
import type { Text } from "../schema/text.ts";
import type { Problem } from "./protocol.ts";

/** What went wrong, in Chinese, where the error itself is in English alone: its details are for programmers. */
const LEADS: Record<ErrorKind, string> = {
  shape: "张量的形状不相符",
  graph: "网络的结构有问题",
  experiment: "实验的设置有问题",
  data: "数据有问题",
  diverged: "训练发散了",
  wgsl: "着色器无法编译",
  validation: "WebGPU 拒绝了一次调用",
  limit: "超出了设备的限制",
  "out-of-memory": "GPU 内存不足，请减小批大小或网络，或关闭其他占用 GPU 的程序",
  "device-lost": "GPU 崩溃或被重置",
  timeout: "GPU 没有响应",
  "no-webgpu": "此浏览器没有可用的 WebGPU",
};

/** What the engine says of these is for programs; visitors can do something else. */
const FOR_VISITORS: Partial<Record<ErrorKind, Text>> = {
  "device-lost": {
    en:
      "The GPU crashed, and is not opened once more by itself. The experiment and the curve so far are kept: " +
      "Train begins anew, and if that does not help, a reload of the page may.",
    zh: "GPU 崩溃，不再自动重新打开。实验和目前的曲线都已保留：点击“训练”会从头开始；如果仍然不行，可以尝试重新加载页面。",
  },
};

/** An error as a message can carry it. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof DescentError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "unknown", text: { en: message, zh: message }, repairs: [] };
  }
  const { kind, node, message } = error;
  const text = error.text ?? FOR_VISITORS[kind] ?? { en: message, zh: `${LEADS[kind]}：${message}` };
  const repairs = error instanceof ModelError ? error.repairs : [];
  return { kind, text, ...(node === undefined ? {} : { node }), repairs };
}
