/** One of several options, with its accessible name. */
export interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly className?: string;
  /** The id of a text that explains it. */
  readonly describedBy?: string;
}
