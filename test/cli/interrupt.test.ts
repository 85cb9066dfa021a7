import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSafetensors } from "../../src/data/formats/safetensors.ts";
import { eventsOf, type Running, start, temporaryFolder } from "./command.ts";
import { tiny } from "./experiments.ts";

const { folder, write } = temporaryFolder();
write("long.json", { ...tiny, stop: { steps: 1e9 } });

/** Once something of the training has come. */
function training({ child }: Running, sign: string): Promise<void> {
  return new Promise((resolve) => {
    child.stdout?.on("data", (text: string) => {
      if (text.includes(sign)) resolve();
    });
  });
}

describe("Ctrl-C", () => {
  test("stops after the steps on their way, says where it stood and saves", async () => {
    const running = start(["long.json", "--json", "--save", "stopped.safetensors"], folder);
    await training(running, '"event":"metrics"');
    // As a terminal does: to every process of the command.
    process.kill(-(running.child.pid as number), "SIGINT");
    const ended = await running.ended;
    expect(ended).toMatchObject({ code: 130, stderr: "" });
    const events = eventsOf(ended);
    const last = events.findLast(({ event }) => event === "metrics");
    expect(events.at(-1)).toEqual({
      event: "stopped",
      steps: last?.step,
      loss: last?.loss,
      stepsPerSecond: expect.any(Number),
      submits: expect.any(Number),
    });
    const { tensors } = readSafetensors({
      name: "stopped",
      bytes: new Uint8Array(readFileSync(join(folder, "stopped.safetensors"))),
    });
    expect(tensors.size).toBe(4);
  });

  test("stops too where only the first of its processes is told", async () => {
    const running = start(["long.json"], folder);
    await training(running, "parameters on");
    running.child.kill("SIGINT");
    const { code, stdout, stderr } = await running.ended;
    expect({ code, stderr }).toEqual({ code: 130, stderr: "" });
    expect(stdout).toMatch(/\nstopped: [\d,]+ steps? in .+\n$/);
  });

  test("is not needed where nobody reads any more: it ends by itself, without a word", async () => {
    const running = start(["long.json", "--json"], folder);
    await training(running, '"event":"metrics"');
    running.child.stdout?.destroy();
    const { code, stderr } = await running.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});
