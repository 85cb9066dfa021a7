import { grouped } from "../data/data-error.ts";
import type { Output, PlanReport, RunResult, StepMetrics } from "./output.ts";
import { type Progress, progressLine, progressText } from "./progress-line.ts";
import { StepRate } from "./step-rate.ts";
import { byteSize, duration, metricList, metricValue } from "./wording.ts";

/** Milliseconds between two pictures of the line, and between two lines of a log. */
const REDRAW_MS = 100;
const LOG_MS = 5000;

const DEFAULT_COLUMNS = 80;
const CLEAR_LINE = "\r\x1b[K";

/** Where the lines go: a terminal, a file or a pipe. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** The run for people: one line that is drawn again in a terminal, a line now and then elsewhere. */
export class TerminalLines implements Output {
  readonly #screen: Screen;
  readonly #name: string;
  readonly #batchSize: number;
  readonly #now: () => number;
  readonly #started: number;
  #rate: StepRate;
  #totalSteps = Infinity;
  #drawn: number;
  #progress: Progress | undefined;
  /** Whether the terminal's last line is one that is drawn again. */
  #open = false;

  /** `now` counts milliseconds. */
  constructor(screen: Screen, { name, batchSize }: { name: string; batchSize: number }, now = () => performance.now()) {
    this.#screen = screen;
    this.#name = name;
    this.#batchSize = batchSize;
    this.#now = now;
    this.#started = now();
    this.#drawn = now();
    this.#rate = new StepRate(now());
  }

  preparing(what: string): void {
    if (this.#screen.isTTY === true) this.#draw(`${what}…`.slice(0, this.#columns));
  }

  plan({ adapter, parameters, dispatchesPerStep, peakBytes, stepsPerEpoch, totalSteps }: PlanReport): void {
    this.#totalSteps = totalSteps;
    const network = `${this.#name}: ${grouped(parameters)} parameters on ${adapter}`;
    const work = `${grouped(dispatchesPerStep)} dispatches a step, ${byteSize(peakBytes)} of GPU memory at most`;
    this.#say(`${network}; ${work}; ${grouped(stepsPerEpoch)} steps an epoch`);
    this.#rate = new StepRate(this.#now());
    this.#drawn = this.#now();
  }

  metrics(rows: readonly StepMetrics[]): void {
    const last = rows.at(-1);
    if (last === undefined) return;
    const { step, ...metrics } = last;
    const now = this.#now();
    this.#rate.mark(now, step);
    const { stepsPerSecond } = this.#rate;
    this.#progress = { step, totalSteps: this.#totalSteps, metrics, batchSize: this.#batchSize, stepsPerSecond };
    const terminal = this.#screen.isTTY === true;
    if (now - this.#drawn < (terminal ? REDRAW_MS : LOG_MS)) return;
    this.#drawn = now;
    if (terminal) this.#draw(progressLine(this.#progress, this.#columns));
    else this.#say(progressText(this.#progress));
  }

  validation({ step, ...metrics }: StepMetrics): void {
    const progress = this.#open ? this.#progress : undefined;
    this.#say(`step ${grouped(step)}: validation ${metricList(metrics).join(", ")}`);
    if (progress !== undefined) this.#draw(progressLine(progress, this.#columns));
  }

  done(result: Parameters<Output["done"]>[0]): void {
    this.#finish("done", result, [`validation ${metricList(result.validation).join(", ")}`]);
  }

  stopped(result: RunResult): void {
    this.#finish("stopped", result, []);
  }

  saved(path: string): void {
    this.#say(`weights saved: ${path}`);
  }

  end(): void {
    if (this.#open) this.#screen.write(CLEAR_LINE);
    this.#open = false;
  }

  #finish(how: string, { steps, loss, stepsPerSecond }: RunResult, more: readonly string[]): void {
    const time = duration((this.#now() - this.#started) / 1000);
    const count = `${grouped(steps)} ${steps === 1 ? "step" : "steps"} in ${time}`;
    const speed = `${metricValue(stepsPerSecond)} steps/s`;
    const last = loss === undefined ? [] : [`loss ${metricValue(loss)}`];
    this.#say([`${how}: ${count}, ${speed}`, ...last, ...more].join("; "));
  }

  /** A line that stays. */
  #say(line: string): void {
    this.#screen.write(`${this.#open ? CLEAR_LINE : ""}${line}\n`);
    this.#open = false;
  }

  #draw(line: string): void {
    this.#screen.write(`${CLEAR_LINE}${line}`);
    this.#open = true;
  }

  /** One less than there are: a character in the last column would make some terminals go on to the next line. */
  get #columns(): number {
    return (this.#screen.columns || DEFAULT_COLUMNS) - 1;
  }
}
