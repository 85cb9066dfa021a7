/** How long after the last call Dawn is asked without a rest, in milliseconds: small answers take about one. */
const EAGER_MS = 2;

/** How long a rest is, in milliseconds. */
const REST_MS = 1;

/** The calls whose promises are waited for, by the class they belong to. */
const CALLS = {
  GPUBuffer: ["mapAsync"],
  GPUDevice: ["createComputePipelineAsync"],
  GPUQueue: ["onSubmittedWorkDone"],
} as const;

type Prototype = Record<string, (this: unknown, ...args: unknown[]) => Promise<unknown>>;

let waits = 0;
let eagerUntil = 0;
let resting = false;
const cell = new Int32Array(new SharedArrayBuffer(4));

/**
 * Dawn in Node asks the driver for answers in every turn of the event loop, without a pause, and so occupies one core
 * for as long as anything is pending. A software adapter computes on these same cores: resting a millisecond between
 * turns made it twice as fast on two of them. `globals` are the classes of the package `webgpu`; called once.
 */
export function restWhileWaiting(globals: Readonly<Record<string, { readonly prototype: object }>>): void {
  for (const [name, methods] of Object.entries(CALLS)) {
    const prototype = globals[name]?.prototype as Prototype | undefined;
    if (prototype === undefined) continue;
    for (const method of methods) {
      const call = prototype[method];
      if (call !== undefined) prototype[method] = waiting(call);
    }
  }
}

function waiting(call: Prototype[string]): Prototype[string] {
  return function (...args) {
    const answer = call.apply(this, args);
    const done = () => {
      waits--;
    };
    waits++;
    eagerUntil = performance.now() + EAGER_MS;
    answer.then(done, done);
    if (!resting) setImmediate(turn);
    resting = true;
    return answer;
  };
}

/** One turn of the event loop: rests, and comes again as long as something is pending. */
function turn(): void {
  resting = waits > 0;
  if (!resting) return;
  if (performance.now() > eagerUntil) Atomics.wait(cell, 0, 0, REST_MS);
  setImmediate(turn);
}
