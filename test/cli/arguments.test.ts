import { describe, expect, test } from "vitest";
import { help, readArguments } from "../../src/cli/arguments.ts";
import { UsageError } from "../../src/cli/usage-error.ts";

describe("the arguments of the trainer", () => {
  test("take the experiment and leave the rest to it", () => {
    expect(readArguments(["digits-cnn"])).toEqual({ kind: "train", experiment: "digits-cnn", json: false });
  });

  test("are read in any order, with a space or an equals sign", () => {
    const args = [
      "--steps",
      "20",
      "mine.json",
      "--batch",
      "16",
      "--seed=7",
      "--json",
      "--data=../a b",
      "--save",
      "w.safetensors",
    ];
    expect(readArguments([...args, "--epochs", "0.5"])).toEqual({
      kind: "train",
      experiment: "mine.json",
      steps: 20,
      epochs: 0.5,
      batch: 16,
      seed: 7,
      data: "../a b",
      save: "w.safetensors",
      json: true,
    });
  });

  test("that ask for help or the list need no experiment", () => {
    expect(readArguments(["--help"])).toEqual({ kind: "help" });
    expect(readArguments(["-h", "digits-cnn"])).toEqual({ kind: "help" });
    expect(readArguments(["--list"])).toEqual({ kind: "list" });
  });

  test("take a path that begins with a dash behind --", () => {
    expect(readArguments(["--json", "--", "-mine.json"])).toMatchObject({ experiment: "-mine.json", json: true });
  });

  test("are all in the help", () => {
    for (const option of ["steps", "epochs", "batch", "seed", "data", "save", "json", "list", "help"]) {
      expect(help).toContain(`--${option} `);
    }
  });

  test.each([
    [[], "name what to train: a preset (--list shows them) or an experiment file"],
    [["a", "b"], 'one experiment at a time: "a" and then "b"; leave one of them out'],
    [["a", "--step", "5"], "there is no option --step; did you mean --steps?"],
    [["a", "--quiet"], "there is no option --quiet; there are --steps, --epochs"],
    [["a", "--constructor"], "there is no option --constructor; there are"],
    [["a", "-x"], "there is no option -x; there are"],
    [["a", "--steps"], "--steps needs a value behind it: --steps 500"],
    [["a", "--data", "--json"], "--data needs a value behind it"],
    [["a", "--save="], "--save needs a value behind it: --save weights.safetensors"],
    [["a", "--json=yes"], "--json takes no value; write --json alone"],
    [["a", "--steps", "0"], '--steps is "0"; give a whole number from 1 to 1000000000'],
    [["a", "--steps", "1.5"], '--steps is "1.5"; give a whole number from 1'],
    [["a", "--steps", "ten"], '--steps is "ten"; give a whole number from 1'],
    [["a", "--steps", " "], '--steps is " "; give a whole number from 1'],
    [["a", "--batch", "0"], '--batch is "0"; give a whole number from 1 to 65536'],
    [["a", "--batch"], "--batch needs a value behind it: --batch 32"],
    [["a", "--seed", "-1"], '--seed is "-1"; give a whole number from 0 to 4294967295'],
    [["a", "--seed", "4294967296"], '--seed is "4294967296"; give a whole number from 0 to 4294967295'],
    [["a", "--epochs", "NaN"], '--epochs is "NaN"; give a number from 0.001 to 1000000'],
    [["a", "--epochs", "0"], '--epochs is "0"; give a number from 0.001'],
  ])("%j are refused with the cure", (args, message) => {
    const read = () => readArguments(args);
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
  });
});
