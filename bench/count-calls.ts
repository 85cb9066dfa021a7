/** Calls of WebGPU that one step of training costs. */
export interface Calls {
  readonly dispatches: number;
  readonly submits: number;
}

/** Counts the calls that any library makes while it trains so many steps, averaged over them. */
export async function countCalls(steps: number, train: () => Promise<unknown>): Promise<Calls> {
  const pass = GPUComputePassEncoder.prototype;
  const queue = GPUQueue.prototype;
  const { dispatchWorkgroups } = pass;
  const { submit } = queue;
  let dispatches = 0;
  let submits = 0;
  pass.dispatchWorkgroups = function (...workgroups) {
    dispatches++;
    return dispatchWorkgroups.apply(this, workgroups);
  };
  queue.submit = function (commands) {
    submits++;
    return submit.call(this, commands);
  };
  try {
    await train();
  } finally {
    Object.assign(pass, { dispatchWorkgroups });
    Object.assign(queue, { submit });
  }
  return { dispatches: dispatches / steps, submits: submits / steps };
}
