import { Rounds } from "./rounds.ts";

const rounds = await Rounds.open();
postMessage(await rounds.run(5));
rounds.gpu.destroy();
