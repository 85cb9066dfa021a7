import { expect, test } from "vitest";
import { readableEndings, sourceForFiles } from "../../src/app/data-files.ts";
import { everything } from "./linking.ts";

const sources = everything.dataSources;

test.each([
  [["iris.csv"], undefined, "csvTable"],
  [["IRIS.CSV"], "spiral", "csvTable"],
  [["table.tsv"], "spiral", "csvTable"],
  [["story.txt"], "spiral", "textFile"],
  [["story.md"], "spiral", "textFile"],
  [["table.txt"], "csvTable", "csvTable"],
  [["iris.csv"], "textFile", "csvTable"],
  [["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"], "spiral", "idxImages"],
  [["t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte"], "idxImages", "idxImages"],
])("%j dropped on %s becomes the data of %s", (names, current, kind) => {
  expect(sourceForFiles(names, current, sources)?.kind).toBe(kind);
});

test.each([[["photo.bmp"]], [["iris.csv", "photo.bmp"]], [["noending"]]])("nothing reads %j", (names) => {
  expect(sourceForFiles(names, "csvTable", sources)).toBeUndefined();
  expect(readableEndings(sources)).toContain(".csv");
});
