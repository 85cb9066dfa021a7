import type { Problem } from "../../app/engine-types.ts";
import { useText } from "../i18n.ts";
import { RepairButtons } from "./repair-buttons.tsx";

/** What is wrong, in a sentence, with what cures it. */
export function ProblemNote({ problem, node }: { readonly problem: Problem; readonly node?: string | undefined }) {
  const text = useText();
  return (
    <div role="alert" className="rounded-lg bg-bad-soft px-2.5 py-2">
      <p className="break-words text-bad first-letter:uppercase">{text(problem.text)}</p>
      <RepairButtons problem={problem} node={node} />
    </div>
  );
}
