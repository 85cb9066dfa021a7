import { useTranslation } from "react-i18next";
import type { Field } from "../../app/engine-types.ts";
import { formatNumber } from "../format.ts";
import { useText } from "../i18n.ts";
import { NumberInput } from "../primitives/number-input.tsx";
import { Segmented } from "../primitives/segmented.tsx";
import { Select } from "../primitives/select.tsx";
import { Toggle } from "../primitives/toggle.tsx";
import { AutoControl } from "./auto-control.tsx";
import { optionText } from "./option-text.ts";
import { OptionalControl } from "./optional-control.tsx";
import { listText, type Pair, pairText, parseList, parsePair } from "./parse-numbers.ts";
import { TextInput } from "./text-input.tsx";

interface FieldControlProps {
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly label: string;
  readonly describedBy: string;
  readonly start: number | undefined;
}

/** Options that stand side by side have so many letters at most, all together. */
const SEGMENTED_LETTERS = 10;

/** The control that suits a kind of field. What it refuses leaves the value as it is. */
export function FieldControl({ field, value, onChange, label, describedBy, start }: FieldControlProps) {
  const { t } = useTranslation("inspector");
  const text = useText();
  const common = { label, describedBy, onChange };
  switch (field.kind) {
    case "integer":
    case "number": {
      const { min, max, kind } = field;
      const isWhole = kind === "integer";
      return <NumberInput {...common} {...{ min, max, isWhole }} value={value as number} wanted={wanted(field)} />;
    }
    case "auto":
      return (
        <AutoControl field={field} value={value as number | "auto"} start={start} wanted={wanted(field)} {...common} />
      );
    case "optional":
      return (
        <OptionalControl
          limits={field}
          value={value as number | null}
          start={start}
          wanted={wanted(field)}
          {...common}
        />
      );
    case "choice": {
      const options = field.options.map((option) => ({ value: option, label: optionText(field, option, text) }));
      const isShort = options.length <= 3 && options.map(({ label }) => label).join("").length <= SEGMENTED_LETTERS;
      return isShort ? (
        <Segmented {...common} value={value as string} options={options} className="[&>*]:px-1" />
      ) : (
        <Select {...common} value={value as string} options={options} />
      );
    }
    case "flag":
      return <Toggle {...common} value={value as boolean} />;
    case "pair":
      return (
        <TextInput
          {...common}
          text={pairText(value as Pair)}
          onTake={taking((typed) => parsePair(typed, field), t("field.wantedPair", limitsOf(field)))}
        />
      );
    case "list":
      return (
        <TextInput
          {...common}
          text={listText(value as readonly number[])}
          onTake={taking(
            (typed) => parseList(typed, field),
            t("field.wantedList", { ...limitsOf(field), count: field.maxLength }),
          )}
        />
      );
    case "line":
      return (
        <TextInput
          {...common}
          text={value as string}
          maxLength={field.maxLength}
          placeholder={t("field.empty")}
          onTake={taking((typed) => typed, "")}
        />
      );
  }

  function wanted(limits: Limits & { readonly kind: Field["kind"] }): string {
    const isReal = limits.kind === "number" || limits.kind === "optional";
    return isReal ? t("field.wantedNumber", limitsOf(limits)) : t("field.wantedWhole", limitsOf(limits));
  }

  function taking(parse: (text: string) => unknown, fault: string) {
    return (typed: string) => {
      const parsed = parse(typed);
      if (parsed === undefined) return fault;
      onChange(parsed);
      return undefined;
    };
  }
}

interface Limits {
  readonly min: number;
  readonly max: number;
}

function limitsOf({ min, max }: Limits) {
  return { min: formatNumber(min), max: formatNumber(max) };
}
