import { vi } from "vitest";
import { type Gpu, openGpu } from "../../src/gpu/device.ts";
import { nodeGpu } from "../../src/gpu/node-gpu.ts";
import type { Backend } from "../../src/train/backend.ts";
import { gpuBackend } from "../../src/train/gpu-backend.ts";
import type { Calls, Experiment, Opened, OpenOptions, Report } from "../../src/train/protocol.ts";
import { Session } from "../../src/train/session.ts";
import { Trainer } from "../../src/train/trainer.ts";

type Kind = Report["kind"];
type Of<K extends Kind> = Extract<Report, { readonly kind: K }>;

/** A step as the page gets to know of it. */
export interface Row {
  readonly step: number;
  readonly seconds: number;
  readonly [metric: string]: number;
}

/** A page's end of a session: calls, and all that was reported. */
export class Page {
  readonly reports: Report[] = [];
  readonly gpus: Gpu[] = [];
  readonly #session: Session;
  readonly #trainers = vi.spyOn(Trainer, "create");
  readonly #waiting = new Set<() => void>();

  constructor(open?: () => Promise<Backend>) {
    this.#session = new Session(
      (report) => {
        this.reports.push(report);
        for (const look of [...this.#waiting]) look();
      },
      open ??
        (async () => {
          const gpu = await openGpu({ gpu: await nodeGpu(), deadlineMs: 90_000 });
          this.gpus.push(gpu);
          return gpuBackend(gpu);
        }),
    );
  }

  get calls(): Session["calls"] {
    return this.#session.calls;
  }

  open(experiment: Experiment, inherit: OpenOptions["inherit"] = "nothing"): Promise<Opened> {
    return this.calls.open({ experiment, options: { inherit } });
  }

  draft(experiment: Experiment): Promise<Calls["draft"]["result"]> {
    return this.calls.draft({ experiment });
  }

  train(): Promise<undefined> {
    return this.calls.train(undefined);
  }

  pause(): Promise<undefined> {
    return this.calls.pause(undefined);
  }

  all<K extends Kind>(kind: K): Of<K>[] {
    return this.reports.filter((report): report is Of<K> => report.kind === kind);
  }

  /** Every step that was reported, in the order of the reports. */
  get rows(): Row[] {
    return this.all("metrics").flatMap(({ steps, seconds, values }) =>
      Array.from(steps, (step, k) => {
        const metrics = [...values].map(([name, column]) => [name, column[k] as number]);
        return { ...Object.fromEntries(metrics), step, seconds: seconds[k] as number };
      }),
    );
  }

  get losses(): (number | undefined)[] {
    return this.rows.map(({ loss }) => loss);
  }

  /** The last trainer that was made. */
  get trainer(): Promise<Trainer> {
    return this.#trainers.mock.results.at(-1)?.value as Promise<Trainer>;
  }

  /** Waits until something holds, which is looked at after every report. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Waits until so many steps were reported. */
  async untilStep(step: number): Promise<void> {
    await this.until(() => (this.all("metrics").at(-1)?.steps.at(-1) ?? 0) >= step);
  }

  /** Waits for a report that is not there yet. */
  async next<K extends Kind>(kind: K): Promise<Of<K>> {
    const before = this.all(kind).length;
    await this.until(() => this.all(kind).length > before);
    return this.all(kind).at(-1) as Of<K>;
  }

  /** The last report of a kind; waits where there is none yet. */
  async last<K extends Kind>(kind: K): Promise<Of<K>> {
    await this.until(() => this.all(kind).length > 0);
    return this.all(kind).at(-1) as Of<K>;
  }

  /** Forgets what was reported. */
  forget(): void {
    this.reports.length = 0;
  }

  /** Ends what is under way and gives the devices back. */
  async close(): Promise<void> {
    await this.pause();
    for (const gpu of this.gpus) gpu.destroy();
  }
}

/** Runs `use` with a session, on devices of its own. */
export async function withPage<T>(use: (page: Page) => Promise<T>, open?: () => Promise<Backend>): Promise<T> {
  const page = new Page(open);
  try {
    return await use(page);
  } finally {
    await page.close();
    vi.restoreAllMocks();
  }
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
