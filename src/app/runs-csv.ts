import type { ChartedRun } from "./curves.ts";
import type { Part } from "./series.ts";

/** A run with the name it has in the file. */
export interface NamedRun extends ChartedRun {
  readonly name: string;
}

/** So many rows are written in one go, so that the page keeps responding between. */
const ROWS = 2000;

/** All points of all metrics of some runs as CSV, one row a step, in pieces. */
export function* runsCsv(runs: readonly NamedRun[]): Generator<string> {
  const parts: readonly Part[] = ["training", "validation"];
  const metrics = [...new Set(runs.flatMap(({ series }) => parts.flatMap((part) => series.names(part))))];
  yield `${["run", "samples", "step", "epoch", "seconds", ...metrics].map(quoted).join(",")}\r\n`;
  for (const { name, series, stepsPerEpoch } of runs) {
    for (const part of parts) {
      const columns = metrics.map((metric) => series.columns(part, metric));
      const any = columns.find((column) => column !== undefined);
      if (any === undefined) continue;
      const { steps, seconds } = any;
      let rows = "";
      for (let k = 0; k < steps.length; k++) {
        const step = steps[k] as number;
        const epoch = stepsPerEpoch === undefined ? "" : Number((step / stepsPerEpoch).toFixed(6));
        const values = columns.map((column) => (column === undefined ? "" : shortest(column.values[k] as number)));
        const second = Number((seconds[k] as number).toFixed(6));
        rows += `${quoted(name)},${part},${step},${epoch},${second},${values.join(",")}\r\n`;
        if ((k + 1) % ROWS === 0) {
          yield rows;
          rows = "";
        }
      }
      if (rows !== "") yield rows;
    }
  }
}

/** A text as a cell. Spreadsheets take what begins with =, +, - or @ for a formula, so that gets a ' before it. */
function quoted(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The fewest digits that give the same 32-bit number again; nothing where it was not measured. */
function shortest(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "" : String(value);
  for (const digits of [7, 8]) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
