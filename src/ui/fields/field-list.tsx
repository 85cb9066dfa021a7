import type { Fields } from "../../app/engine-types.ts";
import { FieldEditor } from "./field-editor.tsx";

interface FieldListProps {
  readonly fields: Fields;
  /** Their values, among others. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly onChange: (name: string, value: unknown) => void;
  /** Numbers to begin with where "auto" or "off" is left, by the field's name. */
  readonly starts?: Readonly<Record<string, number | undefined>>;
}

/** All fields of something, in their order. */
export function FieldList({ fields, values, onChange, starts = {} }: FieldListProps) {
  return Object.entries(fields).map(([name, field]) => (
    <FieldEditor
      key={name}
      field={field}
      value={name in values ? values[name] : field.default}
      onChange={(value) => onChange(name, value)}
      start={starts[name]}
    />
  ));
}
