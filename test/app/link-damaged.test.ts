import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { encodeLink } from "../../src/app/link/encode-link.ts";
import type { LinkFault } from "../../src/app/link/link-error.ts";
import { presets } from "../../src/nn/presets.ts";
import { base, everything, forged, forgedText, refusal } from "./linking.ts";

/**
 * A link is refused within 50 ms, which is somewhat more than this yardstick takes on the slowest machine at hand: reading
 * 2.5 MB of JSON. Measured side by side, at the best of a few tries, since machines do other things too.
 */
const YARDSTICK = JSON.stringify(Array.from({ length: 150_000 }, (_, k) => k / 7));
const TRIES = 5;

const dense = (more: object) => ({ nodes: [4, 0, [{ id: "extra", layer: "Dense", ...more }]] });
const nested = (depth: number) => `{"metrics":${"[".repeat(depth)}${"]".repeat(depth)}}`;
const good = await encodeLink(
  { ...base("spiral-mlp").experiment, seed: 7, name: "a name long enough to be worth damaging" },
  base("spiral-mlp"),
  everything,
);

type Case = readonly [what: string, hash: string, refusal: LinkFault["kind"] | RegExp];

const cases: readonly Case[] = [
  ["over 16 KB", `#e=1.spiral-mlp.${"A".repeat(16_400)}`, "tooLarge"],
  ["100 MB", `#e=1.spiral-mlp.${"A".repeat(1e8)}`, "tooLarge"],
  ["letters that base64url has not", "#e=1.spiral-mlp.eJy*~rVgoA", "damaged"],
  ["a length that base64url cannot have", "#e=1.spiral-mlp.eJyrVgo", "damaged"],
  ["its end cut off", good.slice(0, -9), "damaged"],
  ["its last letter cut off", good.slice(0, -1), "damaged"],
  ["a letter changed", good.replace(/.(?=.{12}$)/, (letter) => (letter === "a" ? "b" : "a")), "damaged"],
  ["bare deflate", `#e=1.spiral-mlp.${deflateRawSync("{}").toString("base64url")}`, "damaged"],
  ["gzip", `#e=1.spiral-mlp.${gzipSync("{}").toString("base64url")}`, "damaged"],
  ["random bytes", "#e=1.spiral-mlp.qL8_Zb0mYcXnTfWv", "damaged"],
  [
    "no UTF-8",
    `#e=1.spiral-mlp.${deflateSync(Buffer.from([0x22, 0xff, 0xfe, 0x22])).toString("base64url")}`,
    "damaged",
  ],
  ["a bomb of 10 MB", forgedText(" ".repeat(1e7)), "unfoldsTooFar"],
  ["a bomb of 1 MB of JSON", forgedText(`[${"0,".repeat(6e5)}0]`), "unfoldsTooFar"],
  ["no JSON", forgedText("seed: 3"), "notJson"],
  ["nothing", forgedText(""), "notJson"],
  ["NaN", forgedText('{"batchSize":NaN}'), "notJson"],
  ["a number instead of changes", forgedText("3"), "malformedChange"],
  ["a list instead of changes", forged([]), "malformedChange"],
  ["null instead of changes", forgedText("null"), "malformedChange"],
  ["a newer version", "#e=2.spiral-mlp", "newer"],
  ["a much newer version, of another form", "#e=17.%7B%22x%22%3A1%7D", "newer"],
  ["an older version", "#e=0.spiral-mlp", "older"],
  ["no version", "#e=spiral-mlp", "damaged"],
  ["a version that is no number", "#e=1e1.spiral-mlp", "damaged"],
  ["no preset", "#e=1.", "damaged"],
  ["nothing at all", "#e=", "damaged"],
  ["a part too many", "#e=1.spiral-mlp.eJyrrgUAAXUA-Q.x", "damaged"],
  ["a preset that there is not", "#e=1.spiral-gpt", "unknownPreset"],
  ["a preset from Object's prototype", "#e=1.__proto__", "unknownPreset"],
  ["nesting of 33", forgedText(nested(33)), "tooDeep"],
  ["nesting of 100,000", forgedText(nested(100_000)), "tooDeep"],
  ["100,000 values", forgedText(`{"metrics":[${"0,".repeat(100_000)}0]}`), "tooManyValues"],
  ["__proto__", forgedText('{"__proto__":{"seed":1}}'), "forbiddenKey"],
  ["__proto__ deep inside", forgedText('{"data":{"kind":"spiral","x":[{"__proto__":1}]}}'), "forbiddenKey"],
  ["constructor", forgedText('{"set":{"dense_1":{"constructor":{}}}}'), "forbiddenKey"],
  ["prototype", forgedText('{"prototype":{}}'), "forbiddenKey"],
  ["a key that no change has", forged({ sed: 3 }), "unknownChange"],
  ["the model as a whole", forged({ model: { nodes: [], edges: [] } }), "unknownChange"],
  ["fields of a node that there is not", forged({ set: { dense_9: { units: 3 } } }), "unknownNode"],
  ["a node that there is not", forged({ nodes: [0, 1, ["dense_9"]] }), "unknownNode"],
  ["nodes that are no splice", forged({ nodes: { 0: 1 } }), "malformedChange"],
  ["more nodes gone than there are", forged({ nodes: [1, 9, []] }), "malformedChange"],
  ["a splice at −1", forged({ nodes: [-1, 0, []] }), "malformedChange"],
  ["a splice at 1.5", forged({ edges: [1.5, 0, []] }), "malformedChange"],
  ["edges that are no texts", forged({ edges: [0, 0, [{ from: "a", to: "b" }]] }), "malformedChange"],
  ["an edge of three ends", forged({ edges: [0, 0, ["input>dense_1>dense_2"]] }), "malformedChange"],
  ["10,000 layers", forged({ nodes: [4, 0, Array(10_000).fill({ id: "deep", layer: "Flatten" })] }), "tooManyNodes"],
  ["10,000 edges", forged({ edges: [0, 0, Array(10_000).fill("input>dense_1")] }), "malformedChange"],
  ["units 0", forged({ set: { dense_1: { units: 0 } } }), /model\.nodes\[1\]\.units is 0/],
  ["units −1", forged(dense({ units: -1 })), /model\.nodes\[4\]\.units is -1/],
  ["units 1.5", forged(dense({ units: 1.5 })), /units is 1\.5/],
  ["units 2^53", forged(dense({ units: 2 ** 53 })), /units is 9007199254740992/],
  ["units 1e999", forgedText('{"set":{"dense_1":{"units":1e999}}}'), /units is Infinity/],
  ["units null", forged(dense({ units: null })), /units is null/],
  ["a layer that there is not", forged({ nodes: [4, 0, [{ id: "x", layer: "Denze" }]] }), /did you mean Dense\?/],
  ["a field that the layer has not", forged(dense({ kernel: 3 })), /"kernel", which is no field of Dense/],
  ["a data source that there is not", forged({ data: { kind: "http://example.com" } }), /data\.kind is "http/],
  ["a batch of −1", forged({ batchSize: -1 }), /batchSize is -1/],
  [
    "HTML for an id",
    forged({ nodes: [4, 0, [{ id: "<img src=x>", layer: "Dense" }]] }),
    /model\.nodes\[4\]\.id is "<img/,
  ],
  ["a name over two lines", forged({ name: "a\nb" }), /^name is /],
  ["a parameter that there is not", "#e=1.spiral-mlp&speed=3", "unknownParameter"],
  ["a parameter twice", "#e=1.spiral-mlp&note=a&note=b", "repeatedParameter"],
  ["a part to hide that there is not", "#e=1.spiral-mlp&hide=inspector,everything", "unknownHide"],
  ["a run that is not 1", "#e=1.spiral-mlp&run=yes", "unknownRun"],
  ["a note of 2,001 characters", `#e=1.spiral-mlp&note=${"x".repeat(2001)}`, "noteTooLong"],
];

// The presets' files are read once, as a browser has them in its cache.
for (const { load } of presets) await load();

test.each(cases)("a link is refused for: %s", async (_, hash, expected) => {
  const why = await refusal(hash);
  if (expected instanceof RegExp) expect(why).toMatch(expected);
  else expect(why).toMatchObject({ kind: expected });
  expect(await leastRatio(() => refusal(hash))).toBeLessThan(1.5);
});

/** How long it takes as a part of the time of the yardstick. */
async function leastRatio(work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < TRIES && least >= 1; k++) {
    const yardstick = await timeOf(() => JSON.parse(YARDSTICK));
    least = Math.min(least, (await timeOf(work)) / yardstick);
  }
  return least;
}

async function timeOf(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

test("what is refused is told with what would be right", async () => {
  expect(await refusal("#e=1.spiral-mlp&hide=inspector,everything")).toEqual({
    kind: "unknownHide",
    names: '"everything"',
    known: "library, inspector, loss, runs, results, presets, share, speed, history",
  });
});

test("what a link holds does not reach the prototype of objects", async () => {
  await refusal(forgedText('{"__proto__":{"polluted":true},"set":{"__proto__":{"polluted":true}}}'));
  expect("polluted" in {}).toBe(false);
});
