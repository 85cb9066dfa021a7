import { DescentError } from "../errors.ts";
import { problemOf } from "./problem.ts";
import type { Report } from "./protocol.ts";
import { SharedTime } from "./shared-time.ts";
import type { ViewRequest } from "./view-protocol.ts";
import { isSameRequest } from "./view-request.ts";
import type { View, ViewedRun } from "./views/view.ts";
import { openView } from "./views.ts";

/** While it trains: from one look at a view to the next, in milliseconds, at least. */
const INTERVAL_MS = 100;

/** While it trains: the part of the time that looks may take, all together. */
const MOST_OF_TIME = 1 / 4;

/** A view that was asked for. */
interface Watched {
  request: ViewRequest;
  /** Undefined while it is being opened, while no run is open, and where it cannot be shown. */
  view: View | undefined;
  isOpening: boolean;
  isLookedAt: boolean;
  /** The weights or the request have changed since it was last looked at. */
  isStale: boolean;
  /** Steps of the weights that it shows. */
  step: number;
  /** While it trains, it is not looked at before. */
  restUntil: number;
}

/**
 * Keeps the views open that the page asks for, and looks at them when weights have changed. The training goes on during
 * a look, and while it trains each view rests for some time after it. A view that cannot be shown is told of, and
 * troubles nobody else.
 */
export class Watching {
  readonly #report: (report: Report) => void;
  readonly #watched = new Map<string, Watched>();
  #run: ViewedRun | undefined;
  readonly #time = new SharedTime();
  #isLooking = false;
  #isTraining = false;

  constructor(report: (report: Report) => void) {
    this.#report = report;
  }

  /** Opens the views that are asked for, by id, and closes all others. */
  watch(requests: ReadonlyMap<string, ViewRequest>): void {
    for (const [id, watched] of this.#watched) {
      if (requests.has(id)) continue;
      close(watched);
      this.#watched.delete(id);
    }
    for (const [id, request] of requests) {
      const watched = this.#watched.get(id);
      if (watched === undefined) this.#begin(id, request);
      else if (!isSameRequest(watched.request, request)) this.#change(id, watched, request);
    }
  }

  /** Opens all views anew, on another run. */
  follow(run: ViewedRun): void {
    this.leave();
    this.#run = run;
    for (const [id, { request }] of this.#watched) this.#begin(id, request);
  }

  /** Closes all views at once, because the run will be gone; the next has them again. */
  leave(): void {
    this.#run = undefined;
    for (const watched of this.#watched.values()) close(watched);
  }

  /** It trains from now on: looks are to leave it most of the time. */
  start(): void {
    this.#isTraining = true;
  }

  /** It trains no more: nobody is held up by looks. */
  stop(): void {
    this.#isTraining = false;
  }

  /** The weights have changed. */
  refresh(): void {
    for (const watched of this.#watched.values()) watched.isStale = true;
    this.#look();
  }

  #begin(id: string, request: ViewRequest): void {
    const watched: Watched = {
      request,
      view: undefined,
      isOpening: false,
      isLookedAt: false,
      isStale: true,
      step: 0,
      restUntil: 0,
    };
    this.#watched.set(id, watched);
    if (this.#run !== undefined) this.#open(id, watched, this.#run);
  }

  async #open(id: string, watched: Watched, run: ViewedRun): Promise<void> {
    const { request } = watched;
    const isWanted = () => this.#run === run && this.#watched.get(id) === watched;
    watched.isOpening = true;
    try {
      const view = await openView(run, request);
      if (!isWanted()) return view.destroy();
      watched.view = view;
      watched.isOpening = false;
      const { request: latest } = watched;
      watched.request = request;
      if (latest !== request) this.#change(id, watched, latest);
      this.#look();
    } catch (error) {
      watched.isOpening = false;
      if (!isWanted()) return;
      // What was asked for meanwhile may well be shown.
      if (watched.request !== request) this.#begin(id, watched.request);
      else this.#fail(id, watched, error);
    }
  }

  /** The same plan serves another sample or prompt; else the view is opened anew. */
  #change(id: string, watched: Watched, request: ViewRequest): void {
    const { kind } = watched.request;
    const { view, isOpening } = watched;
    watched.request = request;
    if (isOpening) return;
    try {
      if (kind !== request.kind || !view?.change?.(request)) {
        close(watched);
        this.#begin(id, request);
        return;
      }
      watched.isStale = true;
      this.#look();
    } catch (error) {
      this.#fail(id, watched, error);
    }
  }

  /** Looks at all views that have something new to see. While it trains, those that are due begin together. */
  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    for (;;) {
      await wait(this.#isTraining ? INTERVAL_MS : 0);
      const waiting = [...this.#watched].filter(
        ([, { view, isLookedAt, isStale }]) => view !== undefined && !isLookedAt && (isStale || view.isUnfinished),
      );
      if (waiting.length === 0) break;
      for (const [id, watched] of waiting) {
        if (!this.#isTraining || watched.restUntil <= performance.now()) this.#lookAt(id, watched);
      }
    }
    this.#isLooking = false;
  }

  async #lookAt(id: string, watched: Watched): Promise<void> {
    const { view } = watched;
    if (view === undefined || this.#run === undefined) return;
    if (!view.isUnfinished) {
      watched.isStale = false;
      watched.step = this.#run.trainer.steps;
    }
    watched.isLookedAt = true;
    const began = performance.now();
    const share = this.#time.begin();
    try {
      const payload = await view.look();
      if (watched.view === view) this.#report({ kind: "view", id, step: watched.step, payload });
    } catch (error) {
      if (watched.view === view) this.#fail(id, watched, error);
    } finally {
      const ms = this.#time.end(share);
      // Every view has an equal part of the time for looks.
      watched.restUntil = began + (ms * this.#watched.size) / MOST_OF_TIME;
      watched.isLookedAt = false;
      this.#look();
    }
  }

  #fail(id: string, watched: Watched, error: unknown): void {
    close(watched);
    // That the device is gone is told by others, and the next run has the view again.
    if (error instanceof DescentError && (error.kind === "device-lost" || error.kind === "timeout")) return;
    this.#report({ kind: "viewFailed", id, problem: problemOf(error) });
  }
}

function close(watched: Watched): void {
  watched.view?.destroy();
  watched.view = undefined;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
