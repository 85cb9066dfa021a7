/** What an optimizer remembers of a parameter: lists of numbers by name, empty before the first step. */
export type Memory = Record<string, number[]>;

/** A step of an optimizer on one parameter, in plain numbers. `time` counts from 1. */
export type PlainUpdate = (
  parameter: readonly number[],
  gradient: readonly number[],
  memory: Memory,
  time: number,
  rate: number,
  config: Readonly<Record<string, number>>,
) => number[];

/** The formulas of the papers and of PyTorch's documentation, an element at a time. */
export const plainOptimizers: Readonly<Record<string, PlainUpdate>> = {
  sgd: (p, g, _, _time, rate) => p.map((value, k) => value - rate * n(g, k)),

  momentum: (p, g, memory, _time, rate, { momentum }) => {
    const b = remembered(memory, "b", p, (before, k) => num(momentum) * before + n(g, k));
    return p.map((value, k) => value - rate * n(b, k));
  },

  nesterov: (p, g, memory, _time, rate, { momentum }) => {
    const b = remembered(memory, "b", p, (before, k) => num(momentum) * before + n(g, k));
    return p.map((value, k) => value - rate * (n(g, k) + num(momentum) * n(b, k)));
  },

  rmsprop: (p, g, memory, _time, rate, { alpha, epsilon }) => {
    const v = remembered(memory, "v", p, (before, k) => num(alpha) * before + (1 - num(alpha)) * n(g, k) ** 2);
    return p.map((value, k) => value - (rate * n(g, k)) / (Math.sqrt(n(v, k)) + num(epsilon)));
  },

  adagrad: (p, g, memory, _time, rate, { epsilon }) => {
    const s = remembered(memory, "s", p, (before, k) => before + n(g, k) ** 2);
    return p.map((value, k) => value - (rate * n(g, k)) / (Math.sqrt(n(s, k)) + num(epsilon)));
  },

  adadelta: (p, g, memory, _time, rate, { rho, epsilon }) => {
    const [share, small] = [num(rho), num(epsilon)];
    const v = remembered(memory, "v", p, (before, k) => share * before + (1 - share) * n(g, k) ** 2);
    const u = memory.u ?? p.map(() => 0);
    const d = p.map((_value, k) => (Math.sqrt(n(u, k) + small) / Math.sqrt(n(v, k) + small)) * n(g, k));
    memory.u = u.map((before, k) => share * before + (1 - share) * n(d, k) ** 2);
    return p.map((value, k) => value - rate * n(d, k));
  },

  adam,
  adamw: adam,

  nadam: (p, g, memory, time, rate, { beta1, beta2, epsilon, momentumDecay }) => {
    const mu = (t: number) => num(beta1) * (1 - 0.5 * 0.96 ** (t * num(momentumDecay)));
    let product = 1;
    for (let t = 1; t <= time; t++) product *= mu(t);
    const m = remembered(memory, "m", p, (before, k) => num(beta1) * before + (1 - num(beta1)) * n(g, k));
    const v = remembered(memory, "v", p, (before, k) => num(beta2) * before + (1 - num(beta2)) * n(g, k) ** 2);
    return p.map((value, k) => {
      const root = Math.sqrt(n(v, k) / (1 - num(beta2) ** time)) + num(epsilon);
      const ofGradient = ((1 - mu(time)) * n(g, k)) / (1 - product);
      const ofMean = (mu(time + 1) * n(m, k)) / (1 - product * mu(time + 1));
      return value - (rate * (ofGradient + ofMean)) / root;
    });
  },

  lion: (p, g, memory, _time, rate, { beta1, beta2 }) => {
    const before = memory.m ?? p.map(() => 0);
    const direction = p.map((_value, k) => Math.sign(num(beta1) * n(before, k) + (1 - num(beta1)) * n(g, k)));
    memory.m = before.map((value, k) => num(beta2) * value + (1 - num(beta2)) * n(g, k));
    return p.map((value, k) => value - rate * n(direction, k));
  },

  muon: (p, g, memory, time, rate, config) => {
    // The problem's vector has 3 elements, its matrix 12: of 4 rows, the inputs, and 3 columns, the outputs.
    if (p.length === 3) return adam(p, g, memory, time, rate * num(config.adamFactor), config);
    const beta = num(config.momentum);
    const m = remembered(memory, "m", p, (before, k) => beta * before + (1 - beta) * n(g, k));
    const ahead = p.map((_value, k) => (1 - beta) * n(g, k) + beta * n(m, k));
    const direction = newtonSchulz(ahead, 4, 3);
    return p.map((value, k) => value - rate * n(direction, k));
  },
};

function adam(...[p, g, memory, time, rate, { beta1, beta2, epsilon }]: Parameters<PlainUpdate>): number[] {
  const m = remembered(memory, "m", p, (before, k) => num(beta1) * before + (1 - num(beta1)) * n(g, k));
  const v = remembered(memory, "v", p, (before, k) => num(beta2) * before + (1 - num(beta2)) * n(g, k) ** 2);
  return p.map((value, k) => {
    const mean = n(m, k) / (1 - num(beta1) ** time);
    const meanSquare = n(v, k) / (1 - num(beta2) ** time);
    return value - (rate * mean) / (Math.sqrt(meanSquare) + num(epsilon));
  });
}

/** Jordan's iteration as he writes it: X ← aX + (bA + cA²)X with A = XXᵀ, on the transposed matrix where it is tall. */
export function newtonSchulz(matrix: readonly number[], rows: number, columns: number): number[] {
  if (rows > columns) return transposed(newtonSchulz(transposed(matrix, rows, columns), columns, rows), columns, rows);
  const norm = Math.sqrt(matrix.reduce((total, value) => total + value ** 2, 0));
  let x = matrix.map((value) => value / (norm + 1e-7));
  for (let k = 0; k < 5; k++) {
    const a = product(x, transposed(x, rows, columns), rows, columns, rows);
    const squared = product(a, a, rows, rows, rows);
    const b = a.map((value, i) => -4.775 * value + 2.0315 * n(squared, i));
    const turned = product(b, x, rows, rows, columns);
    x = x.map((value, i) => 3.4445 * value + n(turned, i));
  }
  return x;
}

/** a (rows, inner) · b (inner, columns). */
export function product(a: readonly number[], b: readonly number[], rows: number, inner: number, columns: number) {
  return Array.from({ length: rows * columns }, (_, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns];
    let total = 0;
    for (let k = 0; k < inner; k++) total += n(a, row * inner + k) * n(b, k * columns + column);
    return total;
  });
}

export function transposed(matrix: readonly number[], rows: number, columns: number): number[] {
  return Array.from({ length: rows * columns }, (_, place) =>
    n(matrix, (place % rows) * columns + Math.floor(place / rows)),
  );
}

/** The list of that name after this step; zeros before the first. */
function remembered(
  memory: Memory,
  name: string,
  like: readonly number[],
  next: (before: number, k: number) => number,
) {
  const values = (memory[name] ?? like.map(() => 0)).map(next);
  memory[name] = values;
  return values;
}

function n(values: readonly number[], position: number): number {
  return values[position] as number;
}

function num(value: number | undefined): number {
  return value as number;
}
