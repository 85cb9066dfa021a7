import { DescentError } from "../errors.ts";
import type { Text } from "../schema/text.ts";
import { excerpt } from "./data-error.ts";
import type { DataFile } from "./dataset.ts";

/** The only file of a source that reads one; `what` says which: `a CSV file`. Throws "data" for none or several. */
export function oneFile(files: readonly DataFile[], what: Text): DataFile {
  const [file, ...others] = files;
  if (file === undefined) {
    throw new DescentError("data", {
      en: `no file is given; choose ${what.en}`,
      zh: `没有给出文件；请选择一个${what.zh}`,
    });
  }
  if (others.length === 0) return file;
  const names = files.slice(0, 5).map(({ name }) => excerpt(name));
  const rest = files.length > names.length;
  throw new DescentError("data", {
    en: `${files.length} files are given (${names.map(({ en }) => en).join(", ")}${rest ? ", …" : ""}); choose ${what.en}, only one`,
    zh: `给出了 ${files.length} 个文件（${names.map(({ zh }) => zh).join("、")}${rest ? "等" : ""}）；请只选择一个${what.zh}`,
  });
}
