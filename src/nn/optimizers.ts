import type { Optimizer } from "./optimizer.ts";
import { adadelta } from "./optimizers/adadelta.ts";
import { adagrad } from "./optimizers/adagrad.ts";
import { adam } from "./optimizers/adam.ts";
import { adamw } from "./optimizers/adamw.ts";
import { lion } from "./optimizers/lion.ts";
import { momentum } from "./optimizers/momentum.ts";
import { muon } from "./optimizers/muon.ts";
import { nadam } from "./optimizers/nadam.ts";
import { nesterov } from "./optimizers/nesterov.ts";
import { rmsprop } from "./optimizers/rmsprop.ts";
import { sgd } from "./optimizers/sgd.ts";

/** Every optimizer. A new one is a file in optimizers/ and its line here. */
export const optimizers: readonly Optimizer[] = [
  sgd,
  momentum,
  nesterov,
  rmsprop,
  adagrad,
  adadelta,
  adam,
  adamw,
  nadam,
  lion,
  muon,
];
