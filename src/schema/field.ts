import type { Text } from "./text.ts";

// Fields describe what can be set: of a layer, an optimizer, a data set. One description serves the parser, which
// checks the JSON by it, and the screen, which draws its controls from it.

interface Described {
  /** Short name on screen. */
  readonly label: Text;
  /** One sentence: what it does. */
  readonly help: Text;
}

/** A whole number. */
export interface IntegerField extends Described {
  readonly kind: "integer";
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** A whole number, or "auto": what the data asks for. */
export interface AutoField extends Described {
  readonly kind: "auto";
  readonly min: number;
  readonly max: number;
  readonly default: number | "auto";
  /** What "auto" stands for, in a sentence. */
  readonly auto: Text;
}

export interface NumberField extends Described {
  readonly kind: "number";
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** Kept in a variable on the GPU: changing it while it trains needs no recompile. */
  readonly live?: boolean;
  /** "log": a slider moves by factors. */
  readonly scale?: "linear" | "log";
}

/** A number, or null: off. */
export interface OptionalField extends Described {
  readonly kind: "optional";
  readonly min: number;
  readonly max: number;
  readonly default: number | null;
}

export interface ChoiceField<T extends string = string> extends Described {
  readonly kind: "choice";
  readonly options: readonly T[];
  /** Those that are words as people read them; the others are names that are the same in every language. */
  readonly words?: Readonly<Partial<Record<T, Text>>>;
  readonly default: T;
}

export interface FlagField extends Described {
  readonly kind: "flag";
  readonly default: boolean;
}

/** Height and width, or one whole number for both. */
export interface PairField extends Described {
  readonly kind: "pair";
  readonly min: number;
  readonly max: number;
  readonly default: number | readonly [number, number];
}

/** Whole numbers in a row, such as a shape. */
export interface ListField extends Described {
  readonly kind: "list";
  readonly min: number;
  readonly max: number;
  readonly maxLength: number;
  readonly default: readonly number[];
}

/** A line of text, such as the name of a column. */
export interface LineField extends Described {
  readonly kind: "line";
  readonly maxLength: number;
  readonly default: string;
}

export type Field =
  | IntegerField
  | AutoField
  | NumberField
  | OptionalField
  | ChoiceField
  | FlagField
  | PairField
  | ListField
  | LineField;

export type Fields = Readonly<Record<string, Field>>;

/** What a field's value is, once parsed. */
export type ValueOf<F extends Field> =
  F extends ChoiceField<infer T>
    ? T
    : F extends FlagField
      ? boolean
      : F extends AutoField
        ? number | "auto"
        : F extends OptionalField
          ? number | null
          : F extends PairField
            ? number | readonly [number, number]
            : F extends ListField
              ? readonly number[]
              : F extends LineField
                ? string
                : number;

/** The values of fields by name. */
export type ConfigOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

type Options<F extends Field> = Omit<F, "kind">;

export const integer = (options: Options<IntegerField>): IntegerField => ({ kind: "integer", ...options });
export const auto = (options: Options<AutoField>): AutoField => ({ kind: "auto", ...options });
export const number = (options: Options<NumberField>): NumberField => ({ kind: "number", ...options });
export const optional = (options: Options<OptionalField>): OptionalField => ({ kind: "optional", ...options });
export const flag = (options: Options<FlagField>): FlagField => ({ kind: "flag", ...options });
export const pair = (options: Options<PairField>): PairField => ({ kind: "pair", ...options });
export const list = (options: Options<ListField>): ListField => ({ kind: "list", ...options });
export const line = (options: Options<LineField>): LineField => ({ kind: "line", ...options });

export function choice<const T extends string>(options: Options<ChoiceField<T>>): ChoiceField<T> {
  return { kind: "choice", ...options };
}
