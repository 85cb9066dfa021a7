import { DescentError } from "../errors.ts";
import { excerpt } from "./data-error.ts";
import type { DataFile } from "./dataset.ts";

/** The only file of a source that reads one; `what` says which: `a CSV file`. Throws "data" for none or several. */
export function oneFile(files: readonly DataFile[], what: string): DataFile {
  const [file, ...others] = files;
  if (file === undefined) throw new DescentError("data", `no file is given; choose ${what}`);
  if (others.length === 0) return file;
  const names = files.slice(0, 5).map(({ name }) => excerpt(name));
  const rest = files.length > names.length ? ", …" : "";
  throw new DescentError(
    "data",
    `${files.length} files are given (${names.join(", ")}${rest}); choose ${what}, only one`,
  );
}
