import type { Entry } from "../../app/engine-types.ts";
import { useText } from "../i18n.ts";
import { Select } from "../primitives/select.tsx";

interface KindSelectProps<E extends Entry> {
  readonly label: string;
  readonly entries: readonly E[];
  readonly value: string;
  readonly onChange: (entry: E) => void;
}

/** One of a list that describes itself, with what the chosen one does. */
export function KindSelect<E extends Entry>({ label, entries, value, onChange }: KindSelectProps<E>) {
  const text = useText();
  const chosen = entries.find(({ kind }) => kind === value);
  return (
    <div className="pb-0.5">
      <Select
        label={label}
        value={value}
        options={entries.map((entry) => ({ value: entry.kind, label: text(entry.label) }))}
        onChange={(kind) => {
          const entry = entries.find((candidate) => candidate.kind === kind);
          if (entry !== undefined) onChange(entry);
        }}
      />
      {chosen !== undefined && <p className="mt-1 text-xs text-muted">{text(chosen.help)}</p>}
    </div>
  );
}
