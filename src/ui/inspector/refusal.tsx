/** Why something was not done, beside what asks for it. */
export function Refusal({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : (
    <p role="alert" className="w-full text-bad">
      {text}
    </p>
  );
}
