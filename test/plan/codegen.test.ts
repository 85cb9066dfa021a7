import { describe, expect, test } from "vitest";
import { accessesOf } from "../../src/graph/codegen/access.ts";
import { literal } from "../../src/graph/codegen/emitter.ts";
import { definesFunction, functionText, linkFunctions } from "../../src/graph/codegen/functions.ts";
import { linearGrid } from "../../src/graph/codegen/grid.ts";
import { broadcastPosition, coordsPosition, flatPosition } from "../../src/graph/codegen/position.ts";
import { Scope } from "../../src/graph/codegen/scope.ts";
import { add } from "../../src/graph/ops/add.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { iota } from "../../src/graph/ops/iota.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { transpose } from "../../src/graph/ops/transpose.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import { where } from "../../src/graph/ops/where.ts";
import { HARDWARE } from "../ops/profiles.ts";
import { sharedGpu, withExecutor } from "./open.ts";

const shared = sharedGpu();

describe("a literal", () => {
  const floats = [
    0,
    -0,
    1,
    -1,
    0.1,
    -0.1,
    1 / 3,
    16_777_216,
    1e10,
    123_456_789,
    1e21,
    3.4e38,
    3.4028234663852886e38,
    -3.4e38,
    1.1754943508222875e-38,
    1e-38,
    1e-45,
    -1e-45,
    1e-46,
    -1e-46,
    4e38,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
  ];

  test("of f32 has exactly the number's bits on the GPU", async () => {
    // Each is chosen at run time, so that no constant expression can be made of it; subnormals may be flushed.
    const on = variable("on", [1], "u32");
    const outputs = floats.map((value) => where(on, constant(value, [1]), constant(7, [1])));
    await withExecutor(shared(), { outputs }, [[on, [1]]], async (executor) => {
      await executor.run(1);
      for (const [k, output] of outputs.entries()) {
        const rounded = Math.fround(floats[k] as number);
        const [value] = await executor.read(output);
        const flushed = Math.abs(rounded) < 1.1754943508222875e-38 && value === 0;
        expect(Object.is(value, rounded) || flushed, `${floats[k]} became ${value}`).toBe(true);
      }
    });
  });

  test("of whole numbers is exact at their ends", async () => {
    const i = [0, -1, 2147483647, -2147483648, 16_777_217];
    const u = [0, 1, 4294967295, 2147483648, 16_777_217];
    const on = variable("on", [1], "u32");
    const pick = (value: number, dtype: "i32" | "u32") =>
      where(on, constant(value, [1], dtype), constant(7, [1], dtype));
    const outputs = [...i.map((value) => pick(value, "i32")), ...u.map((value) => pick(value, "u32"))];
    await withExecutor(shared(), { outputs }, [[on, [1]]], async (executor) => {
      await executor.run(1);
      const values = await Promise.all(outputs.map((output) => executor.read(output)));
      expect(values.map(([value]) => value)).toEqual([...i, ...u]);
    });
  });

  test("is no expression that WGSL refuses to evaluate", () => {
    expect(literal(Number.NaN, "f32")).toBe("nan()");
    expect(literal(1e39, "f32")).toBe("infinity()");
    expect(literal(-1e39, "f32")).toBe("negative_infinity()");
    expect(literal(-2147483648, "i32")).not.toContain("2147483648");
  });
});

describe("a position", () => {
  test("given flat is divided into coordinates, once", () => {
    const scope = new Scope();
    const position = flatPosition([2, 3, 4], "i", scope);
    expect(scope.lines).toEqual([]);
    const coords = position.coords;
    expect(coords.length).toBe(3);
    expect(position.coords).toBe(coords);
    expect(scope.lines.map((line) => line.replace(/^let \w+: u32 = /, ""))).toEqual([
      "(i) / 12u;",
      "((i) / 4u) % 3u;",
      "(i) % 4u;",
    ]);
  });

  test("has no arithmetic for axes of size 1", () => {
    const scope = new Scope();
    expect(flatPosition([1, 5, 1], "i", scope).coords).toEqual(["0u", "i", "0u"]);
    expect(scope.lines).toEqual([]);
    expect(coordsPosition([1, 5, 1], ["0u", "c", "0u"]).flat).toBe("c");
    expect(coordsPosition([1, 1], ["0u", "0u"]).flat).toBe("0u");
  });

  test("given by coordinates is multiplied together", () => {
    expect(coordsPosition([2, 3, 4], ["a", "b", "c"]).flat).toBe("((a) * 12u + (b) * 4u + c)");
  });

  test("of an operand is the output's where the sizes agree, and that of its own axes elsewhere", () => {
    const at = coordsPosition([2, 3, 4], ["a", "b", "c"]);
    expect(broadcastPosition([2, 3, 4], [2, 3, 4], at).flat).toBe(at.flat);
    expect(broadcastPosition([3, 4], [1, 3, 4], coordsPosition([1, 3, 4], ["0u", "b", "c"])).coords).toEqual([
      "b",
      "c",
    ]);
    expect(broadcastPosition([3, 4], [2, 3, 4], at).flat).toBe("((b) * 4u + c)");
    expect(broadcastPosition([2, 1, 4], [2, 3, 4], at).flat).toBe("((a) * 4u + c)");
    expect(broadcastPosition([3, 1], [2, 3, 4], at).flat).toBe("b");
    expect(broadcastPosition([], [2, 3, 4], at).flat).toBe("0u");
    expect(broadcastPosition([1, 1, 1], [2, 3, 4], at).flat).toBe("0u");
  });
});

describe("a scope", () => {
  test("names an expression once, and what is a name or a number already not at all", () => {
    const scope = new Scope();
    const name = scope.bind("f32", "(a + b)");
    expect(scope.bind("f32", "(a + b)")).toBe(name);
    expect(scope.bind("f32", name)).toBe(name);
    expect(scope.bind("u32", "3u")).toBe("3u");
    expect(scope.bind("f32", "-1.5e-3f")).toBe("-1.5e-3f");
    expect(scope.lines).toEqual([`let ${name}: f32 = (a + b);`]);
  });

  test("sees the names of outer scopes, which do not see its own", () => {
    const outer = new Scope();
    const known = outer.bind("f32", "(a + b)");
    const inner = new Scope(outer);
    expect(inner.bind("f32", "(a + b)")).toBe(known);
    const own = inner.bind("f32", "(c + d)");
    expect(own).not.toBe(known);
    expect(outer.bind("f32", "(c + d)")).not.toBe(own);
    expect(inner.text()).toBe(`  let ${own}: f32 = (c + d);\n`);
  });
});

describe("the functions linker", () => {
  test("adds what is called, and what that calls, once each", () => {
    const linked = linkFunctions("y[i] = nan() + nan() + threefry_uniform_that_is_not_there(1u);");
    expect(linked.match(/\bfn nan\(/g)).toHaveLength(1);
    expect(linked).not.toContain("threefry_uniform_that_is_not_there");
    const whole = linkFunctions(
      `fn main() { ${[...linked.matchAll(/fn (\w+)/g)].map(([, name]) => `${name}();`).join(" ")} }`,
    );
    expect(whole).toBe(linked);
  });

  test("adds nothing where nothing is called, or the file has a function of that name", () => {
    expect(linkFunctions("y[i] = x[i];")).toBe("");
    expect(linkFunctions("fn nan() -> f32 { return 0.0; }\nfn main() { y[0] = nan(); }")).toBe("");
    expect(linkFunctions("let nan = 1; y[i] = nan;")).toBe("");
  });

  test("finds a function's whole text by its name", () => {
    const code = "fn store_y(i: u32, value: f32) { if (i < 3u) { y[i] = value; } }\nfn store(i: u32) { }";
    expect(functionText(code, "store_y")).toBe("fn store_y(i: u32, value: f32) { if (i < 3u) { y[i] = value; } }");
    expect(functionText(code, "store")).toBe("fn store(i: u32) { }");
    expect(functionText(code, "load")).toBeUndefined();
    expect(definesFunction(code, "store_y")).toBe(true);
    expect(definesFunction(code, "tore_y")).toBe(false);
  });
});

test("a grid is spread over two dimensions where one is too short, and covers every workgroup", () => {
  for (const count of [1, 7, 65535, 65536, 70_000, 131_071, 1_000_000, 4_294_836_225]) {
    const [x, y, z] = linearGrid(count, HARDWARE);
    expect(x * y * z).toBeGreaterThanOrEqual(count);
    expect(Math.max(x, y, z)).toBeLessThanOrEqual(65535);
    expect(x * y - count).toBeLessThan(y);
  }
});

test("how a call reads its inputs is found from its expression", () => {
  const x = variable("x", [3, 4]);
  const row = variable("row", [4]);
  expect(accessesOf(add(x, row).call)).toEqual({ inputs: ["aligned", "broadcast"], positional: false });
  expect(accessesOf(mul(x, x).call)).toEqual({ inputs: ["aligned", "aligned"], positional: false });
  expect(accessesOf(transpose(x).call).inputs).toEqual(["indexed"]);
  expect(accessesOf(iota([3, 4]).call)).toEqual({ inputs: [], positional: true });
});
