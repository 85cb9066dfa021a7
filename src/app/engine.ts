import type { CallName, Calls, Problem, Report, Request } from "../train/protocol.ts";

/** News from the worker that nobody asked for by a call. */
export type News = Exclude<Report, { readonly kind: "answer" | "refusal" }>;

/** The part of a worker that is needed. */
export type EngineWorker = Pick<Worker, "postMessage" | "onmessage" | "onerror" | "terminate">;

/** A call that was refused: what is wrong, in words for the screen. */
export class EngineError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.text.en);
    this.name = "EngineError";
    this.problem = problem;
  }
}

/** The worker that trains, as functions to call and news to hear. */
export class Engine {
  readonly #worker: EngineWorker;
  readonly #onNews: (news: News) => void;
  readonly #waiting = new Map<number, { resolve: (result: never) => void; reject: (error: EngineError) => void }>();
  #calls = 0;

  /** `onNews` also hears, as "failed", when the worker itself cannot be loaded or breaks. */
  constructor(worker: EngineWorker, onNews: (news: News) => void) {
    this.#worker = worker;
    this.#onNews = onNews;
    worker.onmessage = ({ data }: MessageEvent<Report>) => this.#receive(data);
    worker.onerror = ({ message }) => this.#break(message);
  }

  /** Calls the worker. Rejects with an `EngineError` where it refuses. */
  call<C extends CallName>(
    call: C,
    ...[argument]: undefined extends Calls[C]["argument"] ? [argument?: Calls[C]["argument"]] : [Calls[C]["argument"]]
  ): Promise<Calls[C]["result"]> {
    const id = ++this.#calls;
    return new Promise<Calls[C]["result"]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call, argument } as Request);
    });
  }

  /** Ends the worker and all that it does. Calls that wait are never answered. */
  end(): void {
    this.#worker.onmessage = null;
    this.#worker.onerror = null;
    this.#worker.terminate();
    this.#waiting.clear();
  }

  #receive(report: Report): void {
    if (report.kind !== "answer" && report.kind !== "refusal") {
      this.#onNews(report);
      return;
    }
    const waiting = this.#waiting.get(report.id);
    this.#waiting.delete(report.id);
    if (report.kind === "answer") waiting?.resolve(report.result as never);
    else waiting?.reject(new EngineError(report.problem));
  }

  #break(message: string | undefined): void {
    const problem = message ? broken(message) : NOT_LOADED;
    for (const { reject } of this.#waiting.values()) reject(new EngineError(problem));
    this.#waiting.clear();
    this.#onNews({ kind: "failed", problem });
  }
}

const broken = (message: string): Problem => ({
  kind: "unknown",
  text: { en: `The part that trains broke: ${message}`, zh: `负责训练的部分出错了：${message}` },
  repairs: [],
});

const NOT_LOADED: Problem = {
  kind: "unknown",
  text: {
    en: "The part that trains could not be loaded. Check the connection and load this page again.",
    zh: "负责训练的部分无法加载。请检查网络连接，然后重新加载本页。",
  },
  repairs: [],
};
