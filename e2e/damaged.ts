import { deflateRawSync } from "node:zlib";
import { forgedLink, forgedText } from "./forged-link.ts";

/** Links of which each is wrong in one way, and what is said of it. That each is refused within 50 ms is test/app/link-damaged's. */
export const DAMAGED: readonly (readonly [what: string, hash: string, told: RegExp])[] = [
  ["over 16 KB", `#e=1.spiral-mlp.${"A".repeat(17_000)}`, /It has 17,016 characters, and 16,384 are the most\. Ask/],
  ["letters that base64url has not", "#e=1.spiral-mlp.eJy*~rVgoA", /Letters of it are missing or changed\. Copy/],
  ["its end cut off", forgedLink({ seed: 7, name: "cut short" }).slice(0, -5), /Letters of it are missing or changed/],
  ["bare deflate", `#e=1.spiral-mlp.${deflateRawSync("{}").toString("base64url")}`, /Letters of it are missing/],
  ["a bomb of 10 MB", forgedText(" ".repeat(1e7)), /It unfolds to more than 524,288 bytes/],
  ["no JSON", forgedText("seed: 3"), /It is not JSON/],
  ["a newer version", "#e=2.spiral-mlp", /made with a newer version of Descent: reload the page/],
  ["an older version", "#e=0.spiral-mlp", /made with version 0, which is not read any more\. Ask/],
  ["nesting of 33", forgedText(`{"metrics":${"[".repeat(33)}${"]".repeat(33)}}`), /It nests deeper than 32/],
  ["__proto__", forgedText('{"__proto__":{"polluted":true}}'), /It uses the name “__proto__”, which is not allowed/],
  ["constructor", forgedText('{"set":{"dense_1":{"constructor":{}}}}'), /It uses the name “constructor”/],
  ["HTML for an id", withLayer({ id: "<img src=x>", layer: "Dense" }), /model\.nodes\[4\]\.id is "<img src=x>"/],
  ["an address for a data source", forgedLink({ data: { kind: "javascript:alert(1)" } }), /is "javascript:alert\(1\)"/],
  ["a preset that there is not", "#e=1.spiral-gpt", /a preset “spiral-gpt”, which there is not/],
  ["a part to hide that there is not", "#e=1.spiral-mlp&hide=everything", /It hides "everything".*library, inspector/],
  [
    "a parameter that there is not",
    "#e=1.spiral-mlp&speed=3",
    /It has "speed", which is not understood.*e, hide, note/,
  ],
  ["a parameter twice", "#e=1.spiral-mlp&run=1&run=1", /It has “run” twice\. Take one of them out/],
  ["a run that is not 1", "#e=1.spiral-mlp&run=yes", /It says run=yes; only run=1 is understood/],
  [
    "a note too long",
    `#e=1.spiral-mlp&note=${"x".repeat(2001)}`,
    /Its note has 2,001 characters, and 2,000 are the most/,
  ],
  ["units 0", forgedLink({ set: { dense_1: { units: 0 } } }), /model\.nodes\[1\]\.units is 0/],
  ["units −1", forgedLink({ set: { dense_1: { units: -1 } } }), /model\.nodes\[1\]\.units is -1/],
  ["units 1.5", forgedLink({ set: { dense_1: { units: 1.5 } } }), /model\.nodes\[1\]\.units is 1\.5/],
  ["units 1e300", forgedLink({ set: { dense_1: { units: 1e300 } } }), /model\.nodes\[1\]\.units is 1e\+300/],
  ["units as text", forgedLink({ set: { dense_1: { units: "32" } } }), /model\.nodes\[1\]\.units is "32"/],
  ["a layer that there is not", withLayer({ id: "x", layer: "Denze" }), /did you mean Dense\?/],
  ["10,000 layers", forgedLink({ nodes: [4, 0, Array(10_000).fill({ id: "x", layer: "Relu" })] }), /more than 1,000/],
  ["changes of a layer that there is not", forgedLink({ set: { dense_9: { units: 3 } } }), /the layer “dense_9”/],
  ["a list instead of changes", forgedLink([]), /The change at “#e” is not one that can be made/],
  ["a number for edges", forgedLink({ edges: 3 }), /The change at “edges” is not one that can be made/],
  ["a key that no change has", forgedLink({ sed: 3 }), /It changes “sed”, which an experiment has not/],
];

function withLayer(node: object): string {
  return forgedLink({ nodes: [4, 0, [node]] });
}
