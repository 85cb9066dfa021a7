import { expect, test } from "vitest";
import { ModelError } from "../../src/nn/model-error.ts";
import { requireParameterSize } from "../../src/nn/require-parameter-size.ts";
import type { Text } from "../../src/schema/text.ts";
import { refusalOf } from "./layer-context.ts";

const refuse = (text: Text): never => {
  throw new ModelError("shape", text, { layer: "Dense", node: "wide" });
};

test("a parameter of 1 GiB is allowed, whatever its shape", () => {
  for (const shape of [[2 ** 28], [2 ** 14, 2 ** 14], [], [0, 2 ** 30]]) {
    expect(() => requireParameterSize("wide.kernel", shape, refuse)).not.toThrow();
  }
});

test("one number more is refused", () => {
  const error = refusalOf(() => requireParameterSize("wide.bias", [2 ** 28 + 1], refuse));
  expect(error.message).toContain("would take 1,073,741,828 bytes, and one may take at most 1,073,741,824 (1 GiB)");
});

test("the refusal names the parameter, its shape, its bytes and the cure, in both languages", () => {
  const error = refusalOf(() => requireParameterSize("wide.kernel", [65536, 65536], refuse));
  expect(error.message).toContain(
    'Dense "wide": the parameter "wide.kernel" of the shape 65536×65536 would take 17,179,869,184 bytes',
  );
  expect(error.message).toContain("use fewer units, filters or features, or put a pooling");
  for (const part of ["65536×65536", "“wide.kernel”", "17,179,869,184 字节", "请减少单元数、卷积核数或特征数"]) {
    expect(error.text.zh).toContain(part);
  }
});
