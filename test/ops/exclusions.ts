/** Ops of src/graph/ops that have no row in the table, each with the reason. The only such list. */
export const EXCLUSIONS: Readonly<Record<string, string>> = {
  constant: "holds values and computes nothing; every case whose graph has constants reads them",
  variable: "memory written from outside; every input of every case is one",
};
