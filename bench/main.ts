// The benchmark's page. `npm run bench` trains four networks here and in TensorFlow.js and prints one table;
// `npm run bench -- profile` prints what each dispatch of our plans costs. `model=lstm` measures that network alone.
import { openGpu } from "../src/gpu/device.ts";
import { compile } from "../src/graph/compile.ts";
import { type Comparison, compare, comparisonTable } from "./compare.ts";
import { type Network, networks } from "./networks.ts";
import { profilePlan, profileTable } from "./profile.ts";

const wishes = new URLSearchParams(location.search);
const wanted = (wishes.get("model") ?? "").toLowerCase();
const chosen = networks.filter(({ name }) => name.toLowerCase().startsWith(wanted));
if (chosen.length === 0)
  throw new Error(`no network is called "${wanted}": ${networks.map(({ name }) => name).join(", ")}`);

const adapter = await navigator.gpu.requestAdapter();
const { vendor, architecture, device, description } = adapter?.info ?? {};
print(`adapter: ${[vendor, architecture, device, description].filter((part) => part).join(", ")}`);
if (wishes.has("profile")) for (const network of chosen) await profile(network);
else {
  const comparisons: Comparison[] = [];
  for (const network of chosen) {
    print(`${network.name} …`);
    comparisons.push(await compare(network));
  }
  print(`\nDescent / TensorFlow.js 4.22.0 (WebGPU), batch 64, Adam\n\n${comparisonTable(comparisons)}`);
}
document.title = "done";

async function profile({ name, model: build }: Network): Promise<void> {
  const gpu = await openGpu();
  const model = build();
  const times = await profilePlan(gpu, model, compile(model.program, gpu.profile));
  const sum = times.reduce((total, { ms }) => total + ms, 0);
  print(`\n${name}: ${times.length} dispatches, ${sum.toPrecision(3)} ms\n\n${profileTable(times)}`);
  gpu.destroy();
}

function print(text: string): void {
  console.log(text);
  (document.querySelector("pre") as HTMLElement).append(`${text}\n`);
}
